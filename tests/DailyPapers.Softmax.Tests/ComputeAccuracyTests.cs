using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using CsCheck;

namespace DailyPapers.Numerics.Tests;

/// <summary>The bounds that the documentation states for Compute, against a reference that is exact for this purpose.</summary>
public sealed class ComputeAccuracyTests(ITestOutputHelper log)
{
    // A product and a sum rounded apart cost the polynomial's last step more.
    private static double Bound => Fma.IsSupported || AdvSimd.IsSupported ? 2 : 3;

    public static TheoryData<SoftmaxInstructionSet> Sets => Kernel.Sets;

    /// <summary>Rows of every kind: narrow, wide, a few elements, one element that outweighs the rest, and logits far from 0.</summary>
    private static IEnumerable<float[]> Rows()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var length = 1 + seed * 37 % 400;
            yield return Draw.Uniform(length, -87, 87, seed);
            yield return Draw.Normal(length, 0.1 + seed % 7, seed);
            yield return Draw.Uniform(2 + seed % 4, -3, 3, seed);
            yield return [seed / 3f, .. Draw.Uniform(length, -40, 0, seed)];
            yield return [.. Draw.Normal(1 + length % 50, 3, seed).Select(value => value + 500 * (seed - 30))];
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Softmax_is_within_2_ulp(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        Check(Rows(), set, (x, exact) => Worst(Softmax_(x, set), (y, i) => exact.SoftmaxUlps(i, y, 24)), "softmax");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Log_softmax_is_within_2_ulp_of_the_larger_of_its_magnitude_and_1(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        Check(Rows(), set, (x, exact) => Worst(LogSoftmax_(x, set), (y, i) => exact.LogSoftmaxUlps(i, y, 24)), "log-softmax");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Softmax_of_doubles_is_within_2_ulp(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        CheckDoubles(set, (x, exact) =>
        {
            var y = new double[x.Length];
            Softmax.Compute(x, y, 1, set);
            return Worst(y, (value, i) => exact.SoftmaxUlps(i, value, 53));
        });
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Log_softmax_of_doubles_is_within_2_ulp_of_the_larger_of_its_magnitude_and_1(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        CheckDoubles(set, (x, exact) =>
        {
            var y = new double[x.Length];
            LogSoftmax.Compute(x, y, 1, set);
            return Worst(y, (value, i) => exact.LogSoftmaxUlps(i, value, 53));
        });
    }

    // Pairs: the smallest row whose sum has an error of its own, searched for the worst.
    [Theory]
    [MemberData(nameof(Sets))]
    public void Pairs_are_within_2_ulp(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        Gen.Select(Gen.Float[-30, 30], Gen.Float[0, 20]).Sample((a, gap) =>
        {
            float[] x = [a, a - gap];
            var exact = Exact.Of(x);
            return Worst(Softmax_(x, set), (y, i) => exact.SoftmaxUlps(i, y, 24)) <= Bound
                && Worst(LogSoftmax_(x, set), (y, i) => exact.LogSoftmaxUlps(i, y, 24)) <= Bound;
        }, iter: 3000);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_row_of_a_batch_is_within_2_ulp(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 70], Gen.Float[0.1f, 30]).SelectMany((rows, columns, scale) =>
            Gen.Float[-scale, scale].Array[rows * columns].Select(x => (x, columns))).Sample((x, columns) =>
        {
            float[] y = new float[x.Length], logs = new float[x.Length];
            Softmax.ComputeRows(x, y, columns, 1, set);
            LogSoftmax.ComputeRows(x, logs, columns, 1, set);
            return Enumerable.Range(0, x.Length / columns).All(row =>
            {
                var exact = Exact.Of(x.AsSpan(row * columns, columns));
                return Worst(y[(row * columns)..][..columns], (value, i) => exact.SoftmaxUlps(i, value, 24)) <= Bound
                    && Worst(logs[(row * columns)..][..columns], (value, i) => exact.LogSoftmaxUlps(i, value, 24)) <= Bound;
            });
        }, iter: 20);
    }

    // Equal terms round the same way at every addition; the sum must not drift.
    [Theory]
    [MemberData(nameof(Sets))]
    public void Many_equal_logits_are_within_2_ulp(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        for (var step = 0; step < 8; step++)
        {
            float[] x = [.. Enumerable.Repeat(0.3f * step, 300_000 + step)];
            float[] y = Softmax_(x, set), logs = LogSoftmax_(x, set);
            Assert.InRange(Reference.Ulps(y[0], 1d / y.Length), 0, Bound);
            Assert.Equal(-1, y.AsSpan().IndexOfAnyExcept(y[0]));
            Assert.InRange(Math.Abs(logs[^1] + Math.Log(x.Length)), 0, Bound * Math.ScaleB(1, 3 - 23));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Log_softmax_of_large_inputs_is_as_accurate(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        foreach (var centre in new[] { 30_000f, 32_768f, 40_000f, 1e6f, -1e6f, 1e30f, -1e30f, float.MaxValue, float.MinValue })
        {
            float[] x = [.. Draw.Uniform(77, -20, 20, 3).Select(value => Math.Clamp(value + centre, float.MinValue, float.MaxValue))];
            var exact = Exact.Of(x);
            Assert.InRange(Worst(LogSoftmax_(x, set), (y, i) => exact.LogSoftmaxUlps(i, y, 24)), 0, Bound);
            Assert.InRange(Worst(Softmax_(x, set), (y, i) => exact.SoftmaxUlps(i, y, 24)), 0, Bound);
        }
    }

    private void Check(IEnumerable<float[]> rows, SoftmaxInstructionSet set, Func<float[], Exact, double> ulps, string what)
    {
        var worst = rows.Max(x => ulps(x, Exact.Of(x)));
        log.WriteLine($"{set}: worst {what} error {worst:0.000} ulp");
        Assert.InRange(worst, 0.3, Bound);
    }

    private void CheckDoubles(SoftmaxInstructionSet set, Func<double[], Exact, double> ulps)
    {
        var worst = 0d;
        foreach (var x in Rows())
        {
            // Digits below a float's, so that the inputs are doubles in earnest; seeded by the row itself.
            var random = new Random(x.Length);
            double[] wide = [.. x.Select(value => value * (1 + 1e-8 * random.NextDouble()))];
            worst = Math.Max(worst, ulps(wide, new Exact(wide)));
        }
        log.WriteLine($"{set}: worst error in double precision {worst:0.000} ulp");
        Assert.InRange(worst, 0.3, Bound);
    }

    private static float[] Softmax_(float[] x, SoftmaxInstructionSet set)
    {
        var y = new float[x.Length];
        Softmax.Compute(x, y, 1, set);
        return y;
    }

    private static float[] LogSoftmax_(float[] x, SoftmaxInstructionSet set)
    {
        var y = new float[x.Length];
        LogSoftmax.Compute(x, y, 1, set);
        return y;
    }

    private static double Worst<T>(T[] y, Func<T, int, double> ulps) => y.Select(ulps).Select(value => double.IsNaN(value) ? double.PositiveInfinity : value).Max();
}
