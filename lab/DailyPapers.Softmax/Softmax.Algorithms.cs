using DailyPapers.Numerics.Kernels;

namespace DailyPapers.Numerics;

// The paper's three algorithms with its polynomial of degree 5, each to be called by name, for comparisons among them.
public static unsafe partial class Softmax
{
    /// <summary>
    /// Algorithm 3: sums exponentials kept as (mantissa, exponent), then writes y = m/m_sum · 2^(n − n_sum).
    /// Reads the input twice, writes the output once.
    /// </summary>
    /// <remarks>
    /// Where the largest input is beyond ±32768 (±2^20 in double), n and t can no longer be separated accurately in one step;
    /// such a row is then computed by <see cref="ThreePassRecompute(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)"/>.
    /// Smaller inputs, down to the usual masks −10^9 and float.MinValue, need no such detour.
    /// </remarks>
    /// <param name="input">x, of any length.</param>
    /// <param name="output">y, at least as long; the same memory as <paramref name="input"/> or apart from it.</param>
    /// <param name="instructionSet">The kernel to use.</param>
    /// <exception cref="ArgumentException"><paramref name="output"/> is too short, or overlaps <paramref name="input"/> at a shifted position.</exception>
    /// <exception cref="PlatformNotSupportedException">This process cannot run the kernel.</exception>
    public static void TwoPass(ReadOnlySpan<float> input, Span<float> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRow(input, output);
        fixed (float* x = input, y = output)
            PaperKernels.Single(instructionSet).TwoPass(x, y, input.Length);
    }

    /// <summary>
    /// Algorithm 1: maximum, sum of exp(x − max), then exp(x − max) again for the result.
    /// Reads the input three times, writes the output once.
    /// </summary>
    /// <inheritdoc cref="TwoPass(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)" path="/param|/exception"/>
    public static void ThreePassRecompute(ReadOnlySpan<float> input, Span<float> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRow(input, output);
        fixed (float* x = input, y = output)
            PaperKernels.Single(instructionSet).ThreePassRecompute(x, y, input.Length);
    }

    /// <summary>
    /// Algorithm 2: maximum, store exp(x − max) while summing it, then scale what was stored.
    /// Reads the input twice and the output once, writes the output twice.
    /// </summary>
    /// <inheritdoc cref="TwoPass(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)" path="/param|/exception"/>
    public static void ThreePassReload(ReadOnlySpan<float> input, Span<float> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRow(input, output);
        fixed (float* x = input, y = output)
            PaperKernels.Single(instructionSet).ThreePassReload(x, y, input.Length);
    }

    /// <summary>
    /// Σ exp(x_i) in one pass over the input, as a number that cannot overflow; its <see cref="ExtendedExponential.Log"/> is
    /// the log-sum-exp. Sums of parts add up to the sum of the whole.
    /// </summary>
    /// <remarks>A NaN input gives a NaN mantissa, +∞ an infinite one, nothing or nothing but −∞ <see cref="ExtendedExponential.Zero"/>.</remarks>
    /// <exception cref="PlatformNotSupportedException">This process cannot run the kernel.</exception>
    public static ExtendedExponential SumOfExponentials(ReadOnlySpan<float> input, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        fixed (float* x = input)
            return PaperKernels.Single(instructionSet).SumOfExponentials(x, input.Length);
    }

    /// <inheritdoc cref="TwoPass(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)"/>
    public static void TwoPass(ReadOnlySpan<double> input, Span<double> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRow(input, output);
        fixed (double* x = input, y = output)
            PaperKernels.Double(instructionSet).TwoPass(x, y, input.Length);
    }

    /// <inheritdoc cref="ThreePassRecompute(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)"/>
    public static void ThreePassRecompute(ReadOnlySpan<double> input, Span<double> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRow(input, output);
        fixed (double* x = input, y = output)
            PaperKernels.Double(instructionSet).ThreePassRecompute(x, y, input.Length);
    }

    /// <inheritdoc cref="ThreePassReload(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)"/>
    public static void ThreePassReload(ReadOnlySpan<double> input, Span<double> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Arguments.CheckRow(input, output);
        fixed (double* x = input, y = output)
            PaperKernels.Double(instructionSet).ThreePassReload(x, y, input.Length);
    }

    /// <inheritdoc cref="SumOfExponentials(ReadOnlySpan{float}, SoftmaxInstructionSet)"/>
    public static ExtendedExponential SumOfExponentials(ReadOnlySpan<double> input, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        fixed (double* x = input)
            return PaperKernels.Double(instructionSet).SumOfExponentials(x, input.Length);
    }
}
