namespace DailyPapers.Numerics.Tests;

public sealed class LogSoftmaxEdgeCaseTests
{
    public static TheoryData<SoftmaxInstructionSet> Sets => Kernel.Sets;

    [Theory]
    [MemberData(nameof(Sets))]
    public void Special_inputs_are_what_the_documentation_says(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        foreach (var length in new[] { 2, 7, 16, 33, 131, 517 })
        {
            foreach (var (special, expected) in new[] { (float.NaN, float.NaN), (float.PositiveInfinity, float.NaN) })
            {
                var x = Draw.Normal(length, 2, length);
                x[length / 2] = special;
                Assert.All(Run(x, set), value => Assert.Equal(expected, value));
                double[] wide = [.. x.Select(value => (double)value)];
                LogSoftmax.Compute(wide, wide, 1, set);
                Assert.All(wide, value => Assert.Equal(double.NaN, value));
            }
            Assert.All(Run([.. Enumerable.Repeat(float.NegativeInfinity, length)], set), value => Assert.Equal(float.NaN, value));
        }
        Assert.Equal([0f], Run([12.5f], set));
        Assert.Equal([float.NaN], Run([float.NegativeInfinity], set));
        Assert.Equal([float.NaN], Run([float.PositiveInfinity], set));
        Assert.Empty(Run([], set));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_masked_position_gets_minus_infinity_and_changes_nothing_else(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        foreach (var length in new[] { 1, 2, 7, 16, 33, 131 })
        {
            var kept = Draw.Normal(length, 2, length);
            var y = Run([.. kept.SelectMany(value => new[] { float.NegativeInfinity, value })], set);
            var exact = Exact.Of(kept);
            for (var i = 0; i < length; i++)
            {
                Assert.Equal(float.NegativeInfinity, y[2 * i]);
                Assert.InRange(exact.LogSoftmaxUlps(i, y[2 * i + 1], 24), 0, 3);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Opposite_extremes_do_not_overflow(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        Assert.Equal([float.NegativeInfinity, 0f, float.MinValue], Run([float.MinValue, float.MaxValue, 0], set));
        Assert.Equal([-1e6f, 0f], Run([0, 1e6f], set));
        double[] wide = [0, 1e6, -1e300];
        LogSoftmax.Compute(wide, wide, 1, set);
        Assert.Equal([-1e6, -1e300], [wide[0], wide[2]]);
        Assert.InRange(wide[1], -4.5e-16, 0); // 2 units in the last place of 1
    }

    private static float[] Run(float[] x, SoftmaxInstructionSet set)
    {
        var y = new float[x.Length];
        LogSoftmax.Compute(x, y, 1, set);
        return y;
    }
}
