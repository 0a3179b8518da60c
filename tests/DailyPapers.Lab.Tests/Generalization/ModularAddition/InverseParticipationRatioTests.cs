using CsCheck;
using DailyPapers.Lab.Generalization.ModularAddition;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.ModularAddition;

public sealed class InverseParticipationRatioTests
{
    [Fact]
    public void A_cosine_has_one_and_two_equal_cosines_have_two_to_the_one_minus_r() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[9, 15], Gen.Double[0, 6]).Sample((first, second, phase) =>
        {
            using var scope = NewDisposeScope();
            var place = arange(31, dtype: ScalarType.Float64) * (2 * Math.PI / 31);
            var one = (place * first + phase).cos();
            var both = one + (place * second - phase).sin();
            Assert.Equal(1, Ratio(one, 2), 1e-12);
            Assert.Equal(0.5, Ratio(both, 2), 1e-12);
            Assert.Equal(0.25, Ratio(both, 3), 1e-12);
        }, iter: 50);

    [Fact]
    public void Scale_and_shifts_around_the_circle_do_not_matter() =>
        Gen.Select(Gen.Double[-2, 2].Array[11], Gen.Int[1, 10], Gen.Double[0.1, 9]).Sample((values, shift, scale) =>
        {
            using var scope = NewDisposeScope();
            var vector = tensor(values);
            Assert.Equal(Ratio(vector, 2), Ratio(vector.roll(shift) * -scale, 2), 1e-9);
        }, iter: 50);

    [Fact]
    public void An_impulse_has_the_least_ratio()
    {
        using var scope = NewDisposeScope();
        var impulse = zeros(97, dtype: ScalarType.Float64);
        impulse[5] = 1;
        Assert.Equal(1.0 / 49, Ratio(impulse, 2), 1e-12);
    }

    [Fact]
    public void It_refuses_vectors_and_orders_that_measure_nothing()
    {
        using var vector = zeros(5);
        Assert.Throws<ArgumentException>(() => InverseParticipationRatio.Compute(vector));
        using var matrix = zeros(1, 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => InverseParticipationRatio.Compute(matrix, 1));
    }

    private static double Ratio(Tensor vector, double order) => InverseParticipationRatio.Compute(vector.unsqueeze(0), order)[0].ToDouble();
}
