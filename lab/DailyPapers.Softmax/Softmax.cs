using DailyPapers.Numerics.Kernels;

namespace DailyPapers.Numerics;

/// <summary>softmax(x)_i = exp(x_i) / Σ exp(x_j) of a row or of each row of a matrix.</summary>
/// <remarks>
/// <para>Compute and ComputeRows are the methods to use: two passes over memory after "The Two-Pass Softmax Algorithm" (Dukhan and
/// Ablavatski 2020), and for rows up to 32 KiB, which stay in registers or the nearer caches, its exponentials taken once; every output
/// within 2 units in the last place where the hardware has a fused multiply-add, within 3 where it has none. TwoPass, ThreePassRecompute and ThreePassReload are the paper's algorithms as they stand; their error grows to 5 units (two-pass)
/// and with the spread of the inputs (three-pass).</para>
/// <para>All methods write output[0 .. input.Length), may work in place (output the same memory as input), and are safe to
/// call from many threads. They agree on every input:</para>
/// <list type="bullet">
/// <item>Any finite input is exact up to rounding; nothing overflows. −∞ gives 0. With Compute and ComputeRows no output exceeds 1.</item>
/// <item>A NaN, a +∞, or nothing but −∞ makes every output of the row NaN, as the formula does in IEEE arithmetic and as PyTorch does.</item>
/// <item>Outputs too small for a normal number (2^−126 in single precision, 2^−1022 in double) may come out as 0. Subnormal inputs count as they are.</item>
/// <item>An empty input writes nothing; a single finite element gives 1.</item>
/// </list>
/// <para>The result depends on the instruction set and the count of threads by its last bits, and on nothing else.</para>
/// </remarks>
public static unsafe partial class Softmax
{
    /// <summary>The set that <see cref="SoftmaxInstructionSet.Best"/> stands for in this process.</summary>
    public static SoftmaxInstructionSet BestInstructionSet => InstructionSets.Best;

    /// <summary>Whether this process can run a kernel: the CPU has the instructions and the runtime was not told to avoid them.</summary>
    public static bool IsSupported(SoftmaxInstructionSet instructionSet) => InstructionSets.IsSupported(instructionSet);

    /// <summary>y_i = exp(x_i) / Σ exp(x_j) of one row.</summary>
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
            new RowBatch<float>(x, input.Length, y, input.Length, 1, input.Length).Softmax(RowKernels.Single(instructionSet), maxThreads);
    }

    /// <summary>Softmax of each row of a matrix that lies in memory row after row.</summary>
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
            new RowBatch<float>(x, columns, y, columns, rows, columns).Softmax(RowKernels.Single(instructionSet), maxThreads);
    }

    /// <summary>Softmax of each row of a matrix whose rows are any distance apart; what lies between them is left alone.</summary>
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
            new RowBatch<float>(x, inputStride, y, outputStride, rows, columns).Softmax(RowKernels.Single(instructionSet), maxThreads);
    }

    /// <inheritdoc cref="Compute(ReadOnlySpan{float}, Span{float}, int, SoftmaxInstructionSet)"/>
    public static void Compute(
        ReadOnlySpan<double> input, Span<double> output, int maxThreads = 1, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRow(input, output);
        Arguments.CheckThreads(maxThreads);
        fixed (double* x = input, y = output)
            new RowBatch<double>(x, input.Length, y, input.Length, 1, input.Length).Softmax(RowKernels.Double(instructionSet), maxThreads);
    }

    /// <inheritdoc cref="ComputeRows(ReadOnlySpan{float}, Span{float}, int, int, SoftmaxInstructionSet)"/>
    public static void ComputeRows(
        ReadOnlySpan<double> input, Span<double> output, int columns, int maxThreads = 1, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        var rows = Arguments.CheckRows(input, output, columns);
        Arguments.CheckThreads(maxThreads);
        fixed (double* x = input, y = output)
            new RowBatch<double>(x, columns, y, columns, rows, columns).Softmax(RowKernels.Double(instructionSet), maxThreads);
    }

    /// <inheritdoc cref="ComputeRows(ReadOnlySpan{float}, int, Span{float}, int, int, int, int, SoftmaxInstructionSet)"/>
    public static void ComputeRows(
        ReadOnlySpan<double> input, int inputStride, Span<double> output, int outputStride, int rows, int columns, int maxThreads = 1,
        SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRows(input, inputStride, output, outputStride, rows, columns);
        Arguments.CheckThreads(maxThreads);
        fixed (double* x = input, y = output)
            new RowBatch<double>(x, inputStride, y, outputStride, rows, columns).Softmax(RowKernels.Double(instructionSet), maxThreads);
    }
}
