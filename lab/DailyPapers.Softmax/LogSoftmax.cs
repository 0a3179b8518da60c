using DailyPapers.Numerics.Kernels;

namespace DailyPapers.Numerics;

/// <summary>log-softmax(x)_i = x_i − ln Σ exp(x_j) of a row or of each row of a matrix, in two passes over memory (three in the caches for rows up to 16 KiB).</summary>
/// <remarks>
/// <para>Every output y is within 2 units in the last place of max(|y|, 1), within 3 where the hardware has no fused multiply-add. Relative
/// to y itself there is no bound: an output near 0 is the difference of nearly equal numbers, x and the logarithm of the sum, and the sum
/// is known to about one unit in its last place, which is an absolute error of its logarithm.</para>
/// <para>The sum is kept with its exponent apart, so that inputs of any size are as accurate as small ones. All methods may work in place
/// (output the same memory as input) and are safe to call from many threads.</para>
/// <list type="bullet">
/// <item>No output is above 0. −∞ gives −∞. A NaN, a +∞, or nothing but −∞ makes every output of the row NaN, as in PyTorch.</item>
/// <item>An empty input writes nothing; a single finite element gives 0.</item>
/// </list>
/// </remarks>
public static unsafe class LogSoftmax
{
    /// <summary>y_i = x_i − ln Σ exp(x_j) of one row.</summary>
    /// <param name="input">x, of any length.</param>
    /// <param name="output">y, at least as long; the same memory as <paramref name="input"/> or apart from it.</param>
    /// <param name="maxThreads">1 to work on the calling thread alone; more to let the thread pool's threads help where the input is large.</param>
    /// <param name="instructionSet">The kernel to use.</param>
    /// <exception cref="ArgumentException"><paramref name="output"/> is too short, or overlaps <paramref name="input"/> at a shifted position.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">This process cannot run the kernel.</exception>
    public static void Compute(
        ReadOnlySpan<float> input, Span<float> output, int maxThreads = 1, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRow(input, output);
        Arguments.CheckThreads(maxThreads);
        fixed (float* x = input, y = output)
            new RowBatch<float>(x, input.Length, y, input.Length, 1, input.Length).LogSoftmax(RowKernels.Single(instructionSet), maxThreads);
    }

    /// <summary>Log-softmax of each row of a matrix that lies in memory row after row.</summary>
    /// <param name="input">x, (rows, <paramref name="columns"/>).</param>
    /// <param name="output">y, at least as long; the same memory as <paramref name="input"/> or apart from it.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="maxThreads">1 to work on the calling thread alone; more to let the thread pool's threads help where the input is large.</param>
    /// <param name="instructionSet">The kernel to use.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="input"/> does not hold whole rows; <paramref name="output"/> is too short, or overlaps <paramref name="input"/> at a shifted position.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> or <paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">This process cannot run the kernel.</exception>
    public static void ComputeRows(
        ReadOnlySpan<float> input, Span<float> output, int columns, int maxThreads = 1, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        var rows = Arguments.CheckRows(input, output, columns);
        Arguments.CheckThreads(maxThreads);
        fixed (float* x = input, y = output)
            new RowBatch<float>(x, columns, y, columns, rows, columns).LogSoftmax(RowKernels.Single(instructionSet), maxThreads);
    }

    /// <summary>Log-softmax of each row of a matrix whose rows are any distance apart; what lies between them is left alone.</summary>
    /// <param name="input">x: row r begins at element r · <paramref name="inputStride"/>.</param>
    /// <param name="inputStride">Elements from the start of a row of the input to the next, at least <paramref name="columns"/>.</param>
    /// <param name="output">y: row r begins at element r · <paramref name="outputStride"/>; the input's memory with the input's stride, or apart from it.</param>
    /// <param name="outputStride">Elements from the start of a row of the output to the next, at least <paramref name="columns"/>.</param>
    /// <param name="rows">Count of rows.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="maxThreads">1 to work on the calling thread alone; more to let the thread pool's threads help where the input is large.</param>
    /// <param name="instructionSet">The kernel to use.</param>
    /// <exception cref="ArgumentException">The input or the output is too short, or they overlap in another way than in place.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, a stride is less than <paramref name="columns"/>, or <paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">This process cannot run the kernel.</exception>
    public static void ComputeRows(
        ReadOnlySpan<float> input, int inputStride, Span<float> output, int outputStride, int rows, int columns, int maxThreads = 1,
        SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRows(input, inputStride, output, outputStride, rows, columns);
        Arguments.CheckThreads(maxThreads);
        fixed (float* x = input, y = output)
            new RowBatch<float>(x, inputStride, y, outputStride, rows, columns).LogSoftmax(RowKernels.Single(instructionSet), maxThreads);
    }

    /// <inheritdoc cref="Compute(ReadOnlySpan{float}, Span{float}, int, SoftmaxInstructionSet)"/>
    public static void Compute(
        ReadOnlySpan<double> input, Span<double> output, int maxThreads = 1, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRow(input, output);
        Arguments.CheckThreads(maxThreads);
        fixed (double* x = input, y = output)
            new RowBatch<double>(x, input.Length, y, input.Length, 1, input.Length).LogSoftmax(RowKernels.Double(instructionSet), maxThreads);
    }

    /// <inheritdoc cref="ComputeRows(ReadOnlySpan{float}, Span{float}, int, int, SoftmaxInstructionSet)"/>
    public static void ComputeRows(
        ReadOnlySpan<double> input, Span<double> output, int columns, int maxThreads = 1, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        var rows = Arguments.CheckRows(input, output, columns);
        Arguments.CheckThreads(maxThreads);
        fixed (double* x = input, y = output)
            new RowBatch<double>(x, columns, y, columns, rows, columns).LogSoftmax(RowKernels.Double(instructionSet), maxThreads);
    }

    /// <inheritdoc cref="ComputeRows(ReadOnlySpan{float}, int, Span{float}, int, int, int, int, SoftmaxInstructionSet)"/>
    public static void ComputeRows(
        ReadOnlySpan<double> input, int inputStride, Span<double> output, int outputStride, int rows, int columns, int maxThreads = 1,
        SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRows(input, inputStride, output, outputStride, rows, columns);
        Arguments.CheckThreads(maxThreads);
        fixed (double* x = input, y = output)
            new RowBatch<double>(x, inputStride, y, outputStride, rows, columns).LogSoftmax(RowKernels.Double(instructionSet), maxThreads);
    }
}
