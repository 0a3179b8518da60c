namespace DailyPapers.Numerics.Tests;

public sealed class SoftmaxEdgeCaseTests
{
    private static readonly int[] _lengths = [1, 2, 7, 8, 15, 16, 17, 33, 128, 131, 517];

    public static TheoryData<Algorithm, SoftmaxInstructionSet> Kernels => Kernel.All;

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Empty_input_writes_nothing(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var output = new[] { 7f };
        Kernel.Of(algorithm, set).Run([], output);
        Assert.Equal([7f], output);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_single_finite_element_gives_one(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var x in new[] { 0f, 1f, -87f, 1e4f, -1e4f, float.Epsilon, float.MaxValue, float.MinValue })
            Assert.Equal([1f], kernel.Run([x]), Near);
        foreach (var x in new[] { 0d, 1e4, -1e300, double.MaxValue })
            Assert.Equal(1d, kernel.Run([x])[0], 1e-14);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_nan_anywhere_makes_everything_nan(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var length in _lengths)
        {
            for (var at = 0; at < length; at += Math.Max(1, length / 40))
            {
                var x = Draw.Normal(length, 2, at);
                x[at] = float.NaN;
                Assert.All(kernel.Run(x), value => Assert.Equal(float.NaN, value));
                double[] wide = [.. x.Select(value => (double)value)];
                Assert.All(kernel.Run(wide), value => Assert.Equal(double.NaN, value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_nan_among_infinities_makes_everything_nan(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        Assert.All(kernel.Run([float.NegativeInfinity, float.NaN, float.NegativeInfinity]), value => Assert.Equal(float.NaN, value));
        Assert.All(kernel.Run([float.PositiveInfinity, float.NaN, 1]), value => Assert.Equal(float.NaN, value));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Positive_infinity_makes_everything_nan(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var length in _lengths)
        {
            var x = Draw.Normal(length, 2, length);
            x[length / 2] = float.PositiveInfinity;
            Assert.All(kernel.Run(x), value => Assert.Equal(float.NaN, value));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Nothing_but_negative_infinity_is_nan(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var length in _lengths)
        {
            Assert.All(kernel.Run([.. Enumerable.Repeat(float.NegativeInfinity, length)]), value => Assert.Equal(float.NaN, value));
            Assert.All(kernel.Run([.. Enumerable.Repeat(double.NegativeInfinity, length)]), value => Assert.Equal(double.NaN, value));
        }
    }

    // The usual ways to mask a position; each must behave as if the position were not there.
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Masked_positions_get_zero_and_change_nothing_else(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var mask in new[] { float.NegativeInfinity, float.MinValue, -1e9f, -1e6f, -40_000f })
        {
            foreach (var length in _lengths)
            {
                var kept = Draw.Normal(length, 2, length);
                var masked = new float[2 * length];
                for (var i = 0; i < length; i++)
                    (masked[2 * i], masked[2 * i + 1]) = (mask, kept[i]);
                var y = kernel.Run(masked);
                var expected = Reference.Softmax(kept);
                for (var i = 0; i < length; i++)
                {
                    Assert.Equal(0f, y[2 * i]);
                    Assert.InRange(Reference.Ulps(y[2 * i + 1], expected[i]), 0, 30);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_fully_masked_row_with_finite_masks_is_uniform(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var mask in new[] { float.MinValue, -1e9f, -32_768f, -32_760f })
            Assert.All(kernel.Run([.. Enumerable.Repeat(mask, 33)]), value => Assert.Equal(1f / 33, value, 1e-8f));
    }

    // Inputs too large for n and t to be separated: differences still decide, as far as floats can hold them.
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Inputs_of_any_magnitude_match_the_definition(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var centre in new[] { 0f, 30_000f, 32_700f, 32_768f, 40_000f, 1e6f, 1e7f, -30_000f, -32_400f, -32_700f, -32_800f, -1e6f, 1e30f, -1e30f, float.MaxValue, float.MinValue })
        {
            var x = Draw.Uniform(77, -20, 20, 3);
            for (var i = 0; i < x.Length; i++)
                x[i] = Math.Clamp(x[i] + centre, float.MinValue, float.MaxValue);
            Assert.InRange(Reference.WorstUlps(kernel.Run(x), Reference.Softmax(x)), 0, 50);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Opposite_extremes_do_not_overflow(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        Assert.Equal([0f, 1f, 0f], kernel.Run([float.MinValue, float.MaxValue, 0]));
        Assert.Equal([0.5f, 0f, 0.5f], kernel.Run([1e38f, -1e38f, 1e38f]), Near);
        Assert.Equal([0d, 1d, 0d], kernel.Run([double.MinValue, double.MaxValue, 0]));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Denormal_inputs_count_as_zero(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var y = Kernel.Of(algorithm, set).Run([float.Epsilon, -float.Epsilon, 1e-40f, 0, -1e-40f]);
        Assert.All(y, value => Assert.Equal(0.2f, value, 1e-7f));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Outputs_fade_to_zero_without_a_jump(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        for (var gap = 80f; gap < 120; gap += 0.0625f)
        {
            var y = kernel.Run([0, -gap]);
            Assert.InRange(Reference.Ulps(y[1], Math.Exp(-gap)), 0, 40);
            Assert.Equal(1f, y[0], 1e-6f);
        }
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) <= 1e-6f;
}
