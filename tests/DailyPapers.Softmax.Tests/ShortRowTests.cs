using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Tests;

/// <summary>Rows from one element to a few vectors, where each length takes a way of its own through the kernels: packed, in one vector, with and without a tail.</summary>
public sealed class ShortRowTests(ITestOutputHelper log)
{
    private const float Guard = 12345;

    private static double Bound => Fma.IsSupported || AdvSimd.IsSupported ? 2 : 3;

    // Every length up to nineteen of the widest vectors, and both sides of the end of short rows (32 KiB) in either precision.
    private static readonly int[] _lengths = [.. Enumerable.Range(1, 300), 511, 1000, 4096, 4097, 8192, 8193];

    private static readonly int[] _fewLengths = [.. Enumerable.Range(2, 19), 24, 31, 32, 33, 40];
    private static readonly int[] _lengthsOfEveryWay = [1, 4, 5, 16, 20, 100, 4000, 20_000];

    public static TheoryData<SoftmaxInstructionSet> Sets => Kernel.Sets;

    [Theory]
    [MemberData(nameof(Sets))]
    public void Rows_of_every_length_are_within_2_ulp(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        double softmax = 0, logSoftmax = 0;
        foreach (var columns in _lengths)
        {
            var x = Rows(columns);
            var (y, logs) = Run(x, columns, set);
            ForRows(x.Length / columns, columns, range =>
            {
                var exact = Exact.Of(x[range]);
                softmax = Math.Max(softmax, Worst(y[range], (i, value) => exact.SoftmaxUlps(i, value, 24)));
                logSoftmax = Math.Max(logSoftmax, Worst(logs[range], (i, value) => exact.LogSoftmaxUlps(i, value, 24)));
            });
        }
        log.WriteLine($"{set}: worst error of softmax {softmax:0.000}, of log-softmax {logSoftmax:0.000} ulp");
        Assert.InRange(softmax, 0.3, Bound);
        Assert.InRange(logSoftmax, 0.3, Bound);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Rows_of_doubles_of_every_length_are_within_2_ulp(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        double softmax = 0, logSoftmax = 0;
        foreach (var columns in _lengths.Where(columns => columns <= 70 || columns % 5 == 0 || columns is 4096 or 4097))
        {
            var random = new Random(columns);
            double[] x = [.. Rows(columns).Select(value => value * (1 + 1e-8 * random.NextDouble()))];
            double[] y = new double[x.Length], logs = new double[x.Length];
            Softmax.ComputeRows(x, y, columns, 1, set);
            LogSoftmax.ComputeRows(x, logs, columns, 1, set);
            ForRows(x.Length / columns, columns, range =>
            {
                var exact = new Exact(x[range]);
                softmax = Math.Max(softmax, Worst(y[range], (i, value) => exact.SoftmaxUlps(i, value, 53)));
                logSoftmax = Math.Max(logSoftmax, Worst(logs[range], (i, value) => exact.LogSoftmaxUlps(i, value, 53)));
            });
        }
        log.WriteLine($"{set}: worst error of softmax {softmax:0.000}, of log-softmax {logSoftmax:0.000} ulp in double precision");
        Assert.InRange(softmax, 0.3, Bound);
        Assert.InRange(logSoftmax, 0.3, Bound);
    }

    // Results from 2^-126 up are held to the bound, the exponentials behind them lie below it.
    [Theory]
    [MemberData(nameof(Sets))]
    public void Results_near_the_smallest_normal_number_are_within_2_ulp(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        foreach (var columns in new[] { 3, 5, 8, 13, 16, 19, 40, 100 })
        {
            float[] x = [.. Draw.Uniform(columns * 60, -87.5f, -85, columns)];
            double[] wide = [.. Draw.Uniform(columns * 60, -708.5f, -705, columns).Select(value => (double)value)];
            for (var row = 0; row < 60; row++)
                wide[row * columns + row % columns] = x[row * columns + row % columns] = row / 60f;
            var y = Run(x, columns, set).Softmax;
            var wideY = new double[wide.Length];
            Softmax.ComputeRows(wide, wideY, columns, 1, set);
            ForRows(60, columns, range =>
            {
                var exact = Exact.Of(x[range]);
                Assert.InRange(Worst(y[range], (i, value) => exact.SoftmaxUlps(i, value, 24)), 0, Bound);
                exact = new Exact(wide[range]);
                Assert.InRange(Worst(wideY[range], (i, value) => exact.SoftmaxUlps(i, value, 53)), 0, Bound);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_special_value_at_any_position_acts_on_its_own_row_alone(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        foreach (var columns in _fewLengths)
        {
            // Before, in and behind the row there are others in the same vector or block.
            const int rows = 5, row = 2;
            var x = Draw.Normal(rows * columns, 3, columns);
            var (y, logs) = Run(x, columns, set);
            for (var at = 0; at < columns; at++)
            {
                foreach (var special in new[] { float.NaN, float.PositiveInfinity })
                    Check(special, Enumerable.Repeat(float.NaN, columns), Enumerable.Repeat(float.NaN, columns));

                // Without that element a row of one less.
                float[] kept = [.. x.AsSpan(row * columns, at), .. x.AsSpan(row * columns + at + 1, columns - at - 1)];
                var exact = Exact.Of(kept);
                var special_ = (float[])x.Clone();
                special_[row * columns + at] = float.NegativeInfinity;
                var (without, logsWithout) = Run(special_, columns, set);
                Assert.Equal(0, without[row * columns + at]);
                Assert.Equal(float.NegativeInfinity, logsWithout[row * columns + at]);
                Assert.InRange(Worst(Without(without[Range(row, columns)], at), (i, value) => exact.SoftmaxUlps(i, value, 24)), 0, Bound);
                Assert.InRange(Worst(Without(logsWithout[Range(row, columns)], at), (i, value) => exact.LogSoftmaxUlps(i, value, 24)), 0, Bound);

                // Out of the limits of the argument's reduction, so that the element is all there is.
                Check(1e30f, OneHot(at, 1, 0), OneHot(at, 0, -1e30f));
                Check(float.Epsilon, null, null);

                void Check(float value, IEnumerable<float>? expected, IEnumerable<float>? expectedLogs)
                {
                    var changed = (float[])x.Clone();
                    changed[row * columns + at] = value;
                    var (actual, actualLogs) = Run(changed, columns, set);
                    for (var other = 0; other < rows; other++)
                    {
                        if (other == row)
                            continue;
                        Assert.Equal(y[Range(other, columns)], actual[Range(other, columns)]);
                        Assert.Equal(logs[Range(other, columns)], actualLogs[Range(other, columns)]);
                    }
                    if (expected is not null)
                        Assert.Equal(expected, actual[Range(row, columns)]);
                    if (expectedLogs is not null)
                        Assert.Equal(expectedLogs, actualLogs[Range(row, columns)]);
                    else
                        Assert.InRange(Worst(actual[Range(row, columns)], (i, result) => Exact.Of(changed.AsSpan(row * columns, columns)).SoftmaxUlps(i, result, 24)), 0, Bound);
                }
            }

            IEnumerable<float> OneHot(int at, float hot, float others) => Enumerable.Range(0, columns).Select(i => i == at ? hot : others);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Rows_of_nothing_but_minus_infinity_and_large_ones_may_follow_each_other(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        foreach (var columns in _fewLengths)
        {
            var x = Draw.Normal(23 * columns, 3, columns);
            for (var row = 0; row < 23; row++)
            {
                if (row % 4 == 1)
                    x.AsSpan(row * columns, columns).Fill(float.NegativeInfinity);
                if (row % 5 == 2)
                    for (var i = 0; i < columns; i++)
                        x[row * columns + i] += row % 2 == 0 ? 40_000 : -1e6f;
            }
            var (y, logs) = Run(x, columns, set);
            for (var row = 0; row < 23; row++)
            {
                if (row % 4 == 1)
                {
                    Assert.All(y[Range(row, columns)].Concat(logs[Range(row, columns)]), value => Assert.True(float.IsNaN(value) || row % 5 == 2));
                    continue;
                }
                var exact = Exact.Of(x[Range(row, columns)]);
                Assert.InRange(Worst(y[Range(row, columns)], (i, value) => exact.SoftmaxUlps(i, value, 24)), 0, Bound);
                Assert.InRange(Worst(logs[Range(row, columns)], (i, value) => exact.LogSoftmaxUlps(i, value, 24)), 0, Bound);
            }
        }
    }

    // Alone, in a batch at any place, with other strides, in place: the same bits, and nothing written between the rows.
    [Theory]
    [MemberData(nameof(Sets))]
    public void A_row_has_the_same_bits_wherever_it_stands(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        foreach (var columns in Enumerable.Range(1, 70).Append(300).Append(8192))
        {
            const int rows = 19;
            var stride = columns + 3;
            var x = Draw.Normal(rows * columns, 20, columns);
            double[] wide = [.. x];
            var (y, logs) = Run(x, columns, set);
            double[] wideY = new double[wide.Length], wideLogs = new double[wide.Length];
            Softmax.ComputeRows(wide, wideY, columns, 1, set);
            LogSoftmax.ComputeRows(wide, wideLogs, columns, 1, set);

            float[] apart = [.. Enumerable.Repeat(Guard, rows * stride)], apartLogs = [.. apart];
            double[] inPlace = [.. Enumerable.Repeat((double)Guard, rows * stride)], inPlaceLogs = [.. inPlace];
            Softmax.ComputeRows(x, columns, apart, stride, rows, columns, 1, set);
            LogSoftmax.ComputeRows(x, columns, apartLogs, stride, rows, columns, 1, set);
            for (var row = 0; row < rows; row++)
            {
                wide.AsSpan(row * columns, columns).CopyTo(inPlace.AsSpan(row * stride));
                wide.AsSpan(row * columns, columns).CopyTo(inPlaceLogs.AsSpan(row * stride));
            }
            Softmax.ComputeRows(inPlace, stride, inPlace, stride, rows, columns, 1, set);
            LogSoftmax.ComputeRows(inPlaceLogs, stride, inPlaceLogs, stride, rows, columns, 1, set);
            for (var row = 0; row < rows; row++)
            {
                var alone = x[Range(row, columns)];
                Softmax.Compute(alone, alone, 1, set);
                Assert.Equal(alone, y[Range(row, columns)]);
                AssertBetweenGuards(alone, apart.AsSpan(row * stride, stride));
                AssertBetweenGuards<float>(logs[Range(row, columns)], apartLogs.AsSpan(row * stride, stride));
                AssertBetweenGuards<double>(wideY[Range(row, columns)], inPlace.AsSpan(row * stride, stride));
                AssertBetweenGuards<double>(wideLogs[Range(row, columns)], inPlaceLogs.AsSpan(row * stride, stride));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Nothing_is_allocated(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        var x = Draw.Normal(20_000, 3, 1);
        var y = new float[x.Length];
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            foreach (var columns in _lengthsOfEveryWay)
            {
                Softmax.ComputeRows(x, y, columns, 1, set);
                LogSoftmax.ComputeRows(x, y, columns, 1, set);
            }
        }
    }

    /// <summary>Rows of every kind in one batch: narrow, wide, with one element that outweighs the rest, and far from 0.</summary>
    private static float[] Rows(int columns) => columns > 4000 ? Draw.Normal(columns, 6, columns) :
    [
        .. Draw.Normal(columns, 1, columns),
        .. Draw.Uniform(columns, -87, 87, columns),
        .. Draw.Normal(columns, 6, columns + 1),
        columns / 300f, .. Draw.Uniform(columns - 1, -40, 0, columns),
        .. Draw.Normal(columns, 3, columns + 2).Select(value => value + 500 * (columns % 60 - 30)),
    ];

    private static (float[] Softmax, float[] LogSoftmax) Run(float[] x, int columns, SoftmaxInstructionSet set)
    {
        float[] y = new float[x.Length], logs = new float[x.Length];
        Softmax.ComputeRows(x, y, columns, 1, set);
        LogSoftmax.ComputeRows(x, logs, columns, 1, set);
        return (y, logs);
    }

    private static Range Range(int row, int columns) => (row * columns)..((row + 1) * columns);

    private static void ForRows(int rows, int columns, Action<Range> check)
    {
        for (var row = 0; row < rows; row++)
            check(Range(row, columns));
    }

    private static float[] Without(float[] row, int at) => [.. row[..at], .. row[(at + 1)..]];

    private static void AssertBetweenGuards<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : System.Numerics.INumber<T>
    {
        Assert.True(expected.SequenceEqual(actual[..expected.Length]));
        Assert.Equal(-1, actual[expected.Length..].IndexOfAnyExcept(T.CreateChecked(Guard)));
    }

    private static double Worst<T>(IEnumerable<T> row, Func<int, T, double> ulps) =>
        row.Select((value, i) => ulps(i, value)).Select(value => double.IsNaN(value) ? double.PositiveInfinity : value).DefaultIfEmpty().Max();
}
