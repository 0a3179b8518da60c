using DailyPapers.Lab.Generalization.ModularAddition;

namespace DailyPapers.Lab.Tests.Generalization.ModularAddition;

public sealed class GrokkingPhasesTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, GrokkingPhase.Coexistence)]
    [InlineData(1, 0.5, 0.95, 1, GrokkingPhase.PartialInversion)]
    [InlineData(1, 0, 0.9, 1, GrokkingPhase.FullInversion)]
    [InlineData(1, 1, 1, 0.2, GrokkingPhase.Memorisation)]
    [InlineData(0.1, 0.1, 0.1, 0.02, GrokkingPhase.Forgetting)]
    public void Each_phase_has_its_corner(double clean, double wrong, double train, double test, GrokkingPhase expected) =>
        Assert.Equal(expected, GrokkingPhases.Classify(new(clean, wrong, train, test)));

    [Fact]
    public void Without_wrong_labels_there_is_no_phase() =>
        Assert.Throws<ArgumentException>(() => GrokkingPhases.Classify(new(1, double.NaN, 1, 1)));
}
