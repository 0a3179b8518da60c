using CsCheck;

namespace DailyPapers.Numerics.Tests;

/// <summary>Rows of a matrix, in every layout, against the same row alone.</summary>
public sealed class RowsTests
{
    private const float Guard = 12345;

    public static TheoryData<SoftmaxInstructionSet> Sets => Kernel.Sets;

    [Theory]
    [MemberData(nameof(Sets))]
    public void Each_row_has_the_bits_it_has_alone_and_what_lies_between_is_left_alone(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 90], Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 1000]).Sample((rows, columns, inputGap, outputGap, seed) =>
        {
            int inputStride = columns + inputGap, outputStride = columns + outputGap;
            var x = Draw.Normal(rows * inputStride, 5, seed);
            float[] y = new float[rows * outputStride], logs = new float[rows * outputStride];
            Array.Fill(y, Guard);
            Array.Fill(logs, Guard);
            Softmax.ComputeRows(x, inputStride, y, outputStride, rows, columns, 1, set);
            LogSoftmax.ComputeRows(x, inputStride, logs, outputStride, rows, columns, 1, set);
            for (var row = 0; row < rows; row++)
            {
                float[] alone = new float[columns], logsAlone = new float[columns];
                Softmax.Compute(x.AsSpan(row * inputStride, columns), alone, 1, set);
                LogSoftmax.Compute(x.AsSpan(row * inputStride, columns), logsAlone, 1, set);
                Assert.Equal([.. alone, .. Enumerable.Repeat(Guard, outputGap)], y[(row * outputStride)..][..outputStride]);
                Assert.Equal([.. logsAlone, .. Enumerable.Repeat(Guard, outputGap)], logs[(row * outputStride)..][..outputStride]);
            }
        }, iter: 100);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Doubles_too_and_in_place(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 60], Gen.Int[0, 5], Gen.Int[0, 1000]).Sample((rows, columns, gap, seed) =>
        {
            double[] x = [.. Draw.Normal(rows * (columns + gap), 5, seed).Select(value => (double)value)];
            double[] y = [.. x], logs = [.. x];
            Softmax.ComputeRows(y, columns + gap, y, columns + gap, rows, columns, 1, set);
            LogSoftmax.ComputeRows(logs, columns + gap, logs, columns + gap, rows, columns, 1, set);
            for (var row = 0; row < rows; row++)
            {
                double[] alone = new double[columns], logsAlone = new double[columns];
                Softmax.Compute(x.AsSpan(row * (columns + gap), columns), alone, 1, set);
                LogSoftmax.Compute(x.AsSpan(row * (columns + gap), columns), logsAlone, 1, set);
                Assert.Equal([.. alone, .. x.AsSpan(row * (columns + gap) + columns, gap)], y[(row * (columns + gap))..][..(columns + gap)]);
                Assert.Equal([.. logsAlone, .. x.AsSpan(row * (columns + gap) + columns, gap)], logs[(row * (columns + gap))..][..(columns + gap)]);
            }
        }, iter: 100);
    }

    [Fact]
    public void A_contiguous_matrix_is_one_whose_stride_is_its_columns()
    {
        var x = Draw.Normal(12 * 31, 3, 1);
        float[] contiguous = new float[x.Length], strided = new float[x.Length];
        Softmax.ComputeRows(x, contiguous, 31);
        Softmax.ComputeRows(x, 31, strided, 31, 12, 31);
        Assert.Equal(strided, contiguous);
        LogSoftmax.ComputeRows(x, contiguous, 31);
        LogSoftmax.ComputeRows(x, 31, strided, 31, 12, 31);
        Assert.Equal(strided, contiguous);
    }

    [Fact]
    public void A_row_without_a_distribution_spoils_no_other()
    {
        float[] x = [1, 2, float.NaN, 4, float.PositiveInfinity, 1, float.NegativeInfinity, float.NegativeInfinity, 3, 4];
        float[] y = new float[10], logs = new float[10];
        Softmax.ComputeRows(x, y, 2);
        LogSoftmax.ComputeRows(x, logs, 2);
        Assert.All(y[2..8].Concat(logs[2..8]), value => Assert.Equal(float.NaN, value));
        Assert.Equal(Softmax_(x[..2]), y[..2]);
        Assert.Equal(Softmax_(x[8..]), y[8..]);
    }

    [Theory]
    [InlineData(2, 1 << 17)]
    [InlineData(3, 100_003)]
    [InlineData(64, 1 << 12)]
    [InlineData(1, 300_001)]
    public void Threads_change_no_more_than_the_last_bits(int rows, int columns)
    {
        var x = Draw.Normal(rows * columns, 4, columns);
        float[] one = new float[x.Length], many = new float[x.Length];
        Softmax.ComputeRows(x, one, columns);
        Softmax.ComputeRows(x, many, columns, maxThreads: 4);
        Assert.All(one.Zip(many), pair => Assert.InRange(pair.Second, pair.First * (1 - 3e-7f), pair.First * (1 + 3e-7f)));
        LogSoftmax.ComputeRows(x, one, columns);
        LogSoftmax.ComputeRows(x, many, columns, maxThreads: 4);
        Assert.All(one.Zip(many), pair => Assert.Equal(pair.First, pair.Second, 4e-6f));
    }

    [Fact]
    public void Threads_know_special_inputs_and_large_ones()
    {
        var x = Draw.Normal(1 << 18, 4, 1);
        var y = new float[x.Length];
        for (var i = 0; i < x.Length; i++)
            x[i] += 1e6f;
        Softmax.Compute(x, y, maxThreads: 4);
        Assert.InRange(Reference.WorstUlps(y, Reference.Softmax(x)), 0, 2);
        x[^1] = float.NaN;
        Softmax.Compute(x, y, maxThreads: 4);
        Assert.All(y, value => Assert.Equal(float.NaN, value));
    }

    // Far beyond the caches results are stored past them, from the first aligned address on; in place they are not.
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_row_far_larger_than_the_caches_has_the_bits_it_has_in_place(int offset)
    {
        var x = Draw.Normal((1 << 23) + 13, 2, 1);
        var y = new float[x.Length + 8];
        Array.Fill(y, Guard);
        Softmax.Compute(x, y.AsSpan(offset, x.Length));
        var logs = new float[x.Length + 8];
        Array.Fill(logs, Guard);
        LogSoftmax.Compute(x, logs.AsSpan(offset, x.Length));
        var (inPlace, logsInPlace) = ((float[])x.Clone(), x);
        Softmax.Compute(inPlace, inPlace);
        LogSoftmax.Compute(logsInPlace, logsInPlace);
        Assert.True(inPlace.AsSpan().SequenceEqual(y.AsSpan(offset, x.Length)));
        Assert.True(logsInPlace.AsSpan().SequenceEqual(logs.AsSpan(offset, x.Length)));
        Assert.All(y[..offset].Concat(y[(offset + x.Length)..]).Concat(logs[..offset]).Concat(logs[(offset + x.Length)..]), value => Assert.Equal(Guard, value));
    }

    // So are batches of shorter rows, whichever address a row begins at.
    [Theory]
    [InlineData(2049)]
    [InlineData(4096)]
    [InlineData(6001)]
    public void A_batch_far_larger_than_the_caches_has_the_bits_it_has_in_place(int columns)
    {
        var rows = (1 << 23) / columns + 2;
        var x = Draw.Normal(rows * columns, 2, 1);
        var y = new float[x.Length + 8];
        Array.Fill(y, Guard);
        Softmax.ComputeRows(x, y.AsSpan(3, x.Length), columns);
        Softmax.ComputeRows(x, x, columns);
        Assert.True(x.AsSpan().SequenceEqual(y.AsSpan(3, x.Length)));
        Assert.All(y[..3].Concat(y[(3 + x.Length)..]), value => Assert.Equal(Guard, value));
    }

    [Fact]
    public void Wrong_arguments_are_refused_with_what_was_expected()
    {
        float[] x = new float[10], y = new float[10];
        Assert.Contains("whole rows of 3", Assert.Throws<ArgumentException>(() => Softmax.ComputeRows(x, y, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("columns", () => Softmax.ComputeRows(x, y, 0));
        Assert.Throws<ArgumentOutOfRangeException>("maxThreads", () => Softmax.ComputeRows(x, y, 5, 0));
        Assert.Throws<ArgumentOutOfRangeException>("inputStride", () => LogSoftmax.ComputeRows(x, 4, y, 5, 2, 5));
        Assert.Throws<ArgumentOutOfRangeException>("outputStride", () => LogSoftmax.ComputeRows(x, 5, y, 4, 2, 5));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => LogSoftmax.ComputeRows(x, 5, y, 5, -1, 5));
        Assert.Contains("need 11 elements; the input holds 10", Assert.Throws<ArgumentException>(() => Softmax.ComputeRows(x, 6, y, 5, 2, 5)).Message, StringComparison.Ordinal);
        Assert.Contains("the output holds 10", Assert.Throws<ArgumentException>(() => Softmax.ComputeRows(x, 5, y, 6, 2, 5)).Message, StringComparison.Ordinal);
        Assert.Contains("overlaps", Assert.Throws<ArgumentException>(() => Softmax.ComputeRows(x, 5, x, 4, 2, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("overlaps", Assert.Throws<ArgumentException>(() => LogSoftmax.Compute(x.AsSpan(1), x.AsSpan(0, 9))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LogSoftmax.Compute(x, y.AsSpan(1)));
        Softmax.ComputeRows(ReadOnlySpan<float>.Empty, 5, [], 5, 0, 5);
        Softmax.ComputeRows(ReadOnlySpan<float>.Empty, 0, [], 0, 30, 0);
        LogSoftmax.ComputeRows(ReadOnlySpan<float>.Empty, 0, [], 0, 30, 0);
    }

    private static float[] Softmax_(float[] x)
    {
        var y = new float[x.Length];
        Softmax.Compute(x, y);
        return y;
    }
}
