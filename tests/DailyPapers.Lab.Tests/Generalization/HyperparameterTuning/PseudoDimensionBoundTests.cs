using DailyPapers.Lab.Generalization.HyperparameterTuning;

namespace DailyPapers.Lab.Tests.Generalization.HyperparameterTuning;

public sealed class PseudoDimensionBoundTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(6, 4)]
    [InlineData(7, 5)]
    public void Patterns_are_counted(int oscillations, int expected) => Assert.Equal(expected, PseudoDimensionBound.FromOscillations(oscillations));

    [Fact]
    public void Doubling_the_oscillations_adds_at_most_two_tasks_and_in_the_long_run_one()
    {
        for (var n = 4; n < 2000; n++)
            Assert.InRange(PseudoDimensionBound.FromOscillations(2 * n) - PseudoDimensionBound.FromOscillations(n), 0, 2);
        Assert.InRange((PseudoDimensionBound.FromOscillations(1L << 50) - PseudoDimensionBound.FromOscillations(1 << 20)) / 30.0, 0.95, 1.1);
        Assert.Equal(PseudoDimensionBound.FromOscillations(128), PseudoDimensionBound.PiecewiseConstant(64));
    }

    [Fact]
    public void Half_the_error_needs_four_times_the_tasks_and_the_deviation_inverts_the_requirement()
    {
        Assert.Equal(4 * SampleComplexity.Required(1, 0.1, 0.05, 12), SampleComplexity.Required(1, 0.05, 0.05, 12), 1e-6);
        Assert.Equal(9 * SampleComplexity.Required(1, 0.1, 0.05, 12), SampleComplexity.Required(3, 0.1, 0.05, 12), 1e-6);
        var tasks = (int)Math.Round(SampleComplexity.Required(1, 0.01, 0.05, 12));
        Assert.Equal(0.01, SampleComplexity.UniformDeviation(1, tasks, 0.05, 12), 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleComplexity.Required(1, 0, 0.05, 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleComplexity.Required(1, 0.1, 1, 12));
    }

    [Fact]
    public void Lines_cut_the_plane_into_fewer_cells_than_Warren_allows()
    {
        for (var lines = 2; lines < 200; lines++)
            Assert.True(WarrenBound.Components(lines, 1, 2) >= 1 + lines + lines * (lines - 1) / 2.0);
        Assert.Throws<ArgumentOutOfRangeException>(() => WarrenBound.Components(1, 1, 2));
    }

    [Fact]
    public void The_polynomial_scale_adds_the_weights()
    {
        var one = PseudoDimensionBound.PiecewisePolynomial(1024, 8, 2, 1);
        Assert.Equal(10 + 4, one, 1e-12);
        Assert.Equal(one + 2 * 4, PseudoDimensionBound.PiecewisePolynomial(1024, 8, 2, 3), 1e-12);
    }
}
