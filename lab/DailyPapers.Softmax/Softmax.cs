using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DailyPapers.Numerics.Kernels;

namespace DailyPapers.Numerics;

/// <summary>
/// softmax(x)_i = exp(x_i) / Σ exp(x_j) of one row, by the algorithms of "The Two-Pass Softmax Algorithm"
/// (Dukhan and Ablavatski 2020), on one thread.
/// </summary>
/// <remarks>
/// <para>All methods write output[0 .. input.Length), may work in place (output the same memory as input), and are safe to
/// call from many threads. They agree on every input:</para>
/// <list type="bullet">
/// <item>Any finite input is exact up to rounding; nothing overflows. −∞ gives 0.</item>
/// <item>A NaN, a +∞, or nothing but −∞ makes every output NaN, as the formula does in IEEE arithmetic and as PyTorch does.</item>
/// <item>Outputs too small for a normal number (2^−126 in single precision) may come out as 0.</item>
/// <item>An empty input writes nothing; a single finite element gives 1.</item>
/// </list>
/// </remarks>
public static unsafe class Softmax
{
    /// <summary>The set that <see cref="SoftmaxInstructionSet.Best"/> stands for in this process.</summary>
    public static SoftmaxInstructionSet BestInstructionSet =>
        IsSupported(SoftmaxInstructionSet.Avx512) ? SoftmaxInstructionSet.Avx512
        : IsSupported(SoftmaxInstructionSet.Avx2) ? SoftmaxInstructionSet.Avx2
        : SoftmaxInstructionSet.Portable;

    /// <summary>Whether this process can run a kernel: the CPU has the instructions and the runtime was not told to avoid them.</summary>
    public static bool IsSupported(SoftmaxInstructionSet instructionSet) => instructionSet switch
    {
        SoftmaxInstructionSet.Best or SoftmaxInstructionSet.Portable => true,
        SoftmaxInstructionSet.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        SoftmaxInstructionSet.Avx512 => Avx512F.IsSupported,
        _ => throw new ArgumentOutOfRangeException(nameof(instructionSet), instructionSet, "Use one of the defined instruction sets."),
    };

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
        Validate(input, output);
        fixed (float* x = input, y = output)
        {
            switch (Resolve(instructionSet))
            {
                case SoftmaxInstructionSet.Avx512: SoftmaxKernel<float, Vector512<float>, Avx512Single>.TwoPass(x, y, input.Length); break;
                case SoftmaxInstructionSet.Avx2: SoftmaxKernel<float, Vector256<float>, Avx2Single>.TwoPass(x, y, input.Length); break;
                default: SoftmaxKernel<float, Vector128<float>, PortableSingle>.TwoPass(x, y, input.Length); break;
            }
        }
    }

    /// <summary>
    /// Algorithm 1: maximum, sum of exp(x − max), then exp(x − max) again for the result.
    /// Reads the input three times, writes the output once.
    /// </summary>
    /// <inheritdoc cref="TwoPass(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)" path="/param|/exception"/>
    public static void ThreePassRecompute(ReadOnlySpan<float> input, Span<float> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Validate(input, output);
        fixed (float* x = input, y = output)
        {
            switch (Resolve(instructionSet))
            {
                case SoftmaxInstructionSet.Avx512: SoftmaxKernel<float, Vector512<float>, Avx512Single>.ThreePassRecompute(x, y, input.Length); break;
                case SoftmaxInstructionSet.Avx2: SoftmaxKernel<float, Vector256<float>, Avx2Single>.ThreePassRecompute(x, y, input.Length); break;
                default: SoftmaxKernel<float, Vector128<float>, PortableSingle>.ThreePassRecompute(x, y, input.Length); break;
            }
        }
    }

    /// <summary>
    /// Algorithm 2: maximum, store exp(x − max) while summing it, then scale what was stored.
    /// Reads the input twice and the output once, writes the output twice.
    /// </summary>
    /// <inheritdoc cref="TwoPass(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)" path="/param|/exception"/>
    public static void ThreePassReload(ReadOnlySpan<float> input, Span<float> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Validate(input, output);
        fixed (float* x = input, y = output)
        {
            switch (Resolve(instructionSet))
            {
                case SoftmaxInstructionSet.Avx512: SoftmaxKernel<float, Vector512<float>, Avx512Single>.ThreePassReload(x, y, input.Length); break;
                case SoftmaxInstructionSet.Avx2: SoftmaxKernel<float, Vector256<float>, Avx2Single>.ThreePassReload(x, y, input.Length); break;
                default: SoftmaxKernel<float, Vector128<float>, PortableSingle>.ThreePassReload(x, y, input.Length); break;
            }
        }
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
        {
            return Resolve(instructionSet) switch
            {
                SoftmaxInstructionSet.Avx512 => SoftmaxKernel<float, Vector512<float>, Avx512Single>.SumOfExponentials(x, input.Length),
                SoftmaxInstructionSet.Avx2 => SoftmaxKernel<float, Vector256<float>, Avx2Single>.SumOfExponentials(x, input.Length),
                _ => SoftmaxKernel<float, Vector128<float>, PortableSingle>.SumOfExponentials(x, input.Length),
            };
        }
    }

    /// <inheritdoc cref="TwoPass(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)"/>
    public static void TwoPass(ReadOnlySpan<double> input, Span<double> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Validate(input, output);
        fixed (double* x = input, y = output)
        {
            switch (Resolve(instructionSet))
            {
                case SoftmaxInstructionSet.Avx512: SoftmaxKernel<double, Vector512<double>, Avx512Double>.TwoPass(x, y, input.Length); break;
                case SoftmaxInstructionSet.Avx2: SoftmaxKernel<double, Vector256<double>, Avx2Double>.TwoPass(x, y, input.Length); break;
                default: SoftmaxKernel<double, Vector128<double>, PortableDouble>.TwoPass(x, y, input.Length); break;
            }
        }
    }

    /// <inheritdoc cref="ThreePassRecompute(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)"/>
    public static void ThreePassRecompute(ReadOnlySpan<double> input, Span<double> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Validate(input, output);
        fixed (double* x = input, y = output)
        {
            switch (Resolve(instructionSet))
            {
                case SoftmaxInstructionSet.Avx512: SoftmaxKernel<double, Vector512<double>, Avx512Double>.ThreePassRecompute(x, y, input.Length); break;
                case SoftmaxInstructionSet.Avx2: SoftmaxKernel<double, Vector256<double>, Avx2Double>.ThreePassRecompute(x, y, input.Length); break;
                default: SoftmaxKernel<double, Vector128<double>, PortableDouble>.ThreePassRecompute(x, y, input.Length); break;
            }
        }
    }

    /// <inheritdoc cref="ThreePassReload(ReadOnlySpan{float}, Span{float}, SoftmaxInstructionSet)"/>
    public static void ThreePassReload(ReadOnlySpan<double> input, Span<double> output, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        Validate(input, output);
        fixed (double* x = input, y = output)
        {
            switch (Resolve(instructionSet))
            {
                case SoftmaxInstructionSet.Avx512: SoftmaxKernel<double, Vector512<double>, Avx512Double>.ThreePassReload(x, y, input.Length); break;
                case SoftmaxInstructionSet.Avx2: SoftmaxKernel<double, Vector256<double>, Avx2Double>.ThreePassReload(x, y, input.Length); break;
                default: SoftmaxKernel<double, Vector128<double>, PortableDouble>.ThreePassReload(x, y, input.Length); break;
            }
        }
    }

    /// <inheritdoc cref="SumOfExponentials(ReadOnlySpan{float}, SoftmaxInstructionSet)"/>
    public static ExtendedExponential SumOfExponentials(ReadOnlySpan<double> input, SoftmaxInstructionSet instructionSet = SoftmaxInstructionSet.Best)
    {
        fixed (double* x = input)
        {
            return Resolve(instructionSet) switch
            {
                SoftmaxInstructionSet.Avx512 => SoftmaxKernel<double, Vector512<double>, Avx512Double>.SumOfExponentials(x, input.Length),
                SoftmaxInstructionSet.Avx2 => SoftmaxKernel<double, Vector256<double>, Avx2Double>.SumOfExponentials(x, input.Length),
                _ => SoftmaxKernel<double, Vector128<double>, PortableDouble>.SumOfExponentials(x, input.Length),
            };
        }
    }

    private static void Validate<T>(ReadOnlySpan<T> input, Span<T> output)
    {
        if (output.Length < input.Length)
            throw new ArgumentException($"The output holds {output.Length} elements, the input {input.Length}; give an output at least as long.", nameof(output));
        if (input.Overlaps(output, out var offset) && offset != 0)
            throw new ArgumentException($"The output overlaps the input, shifted by {offset} elements; give the same memory (in place) or separate memory.", nameof(output));
    }

    private static SoftmaxInstructionSet Resolve(SoftmaxInstructionSet instructionSet)
    {
        if (instructionSet == SoftmaxInstructionSet.Best)
            return BestInstructionSet;
        if (!IsSupported(instructionSet))
            throw new PlatformNotSupportedException(
                $"This process cannot run the {instructionSet} softmax: the CPU lacks the instructions, or the runtime was started with them disabled. Use {nameof(SoftmaxInstructionSet)}.{nameof(SoftmaxInstructionSet.Best)} or {nameof(SoftmaxInstructionSet.Portable)}.");
        return instructionSet;
    }
}
