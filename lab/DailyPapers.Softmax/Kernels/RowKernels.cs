using System.Numerics;
using System.Runtime.Intrinsics;

namespace DailyPapers.Numerics.Kernels;

/// <summary>The passes of <see cref="RowKernel{T, V, TSimd}"/> for one element type and one instruction set, as pointers to the specialised code.</summary>
internal readonly unsafe struct RowKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal readonly delegate*<T*, nint, RowSum> Sum;
    internal readonly delegate*<RowSum, bool> IsWithinLimits;
    internal readonly delegate*<T*, T*, nint, RowSum, bool, void> Normalise;
    internal readonly delegate*<T*, T*, nint, T, T, bool, void> Subtract;
    internal readonly delegate*<T*, nint, T> Max;

    private RowKernels(
        delegate*<T*, nint, RowSum> sum, delegate*<RowSum, bool> isWithinLimits, delegate*<T*, T*, nint, RowSum, bool, void> normalise,
        delegate*<T*, T*, nint, T, T, bool, void> subtract, delegate*<T*, nint, T> max)
    {
        Sum = sum;
        IsWithinLimits = isWithinLimits;
        Normalise = normalise;
        Subtract = subtract;
        Max = max;
    }

    internal static RowKernels<T> Of<V, TSimd>()
        where V : struct
        where TSimd : struct, ISimd<T, V> => new(
            &RowKernel<T, V, TSimd>.Sum, &RowKernel<T, V, TSimd>.IsWithinLimits, &RowKernel<T, V, TSimd>.Normalise,
            &RowKernel<T, V, TSimd>.Subtract, &SoftmaxKernel<T, V, TSimd>.Max);
}

/// <summary>The choice among the instruction sets.</summary>
internal static class RowKernels
{
    internal static RowKernels<float> Single(SoftmaxInstructionSet set) => InstructionSets.Resolve(set) switch
    {
        SoftmaxInstructionSet.Avx512 => RowKernels<float>.Of<Vector512<float>, Avx512Single>(),
        SoftmaxInstructionSet.Avx2 => RowKernels<float>.Of<Vector256<float>, Avx2Single>(),
        SoftmaxInstructionSet.Neon => RowKernels<float>.Of<Vector128<float>, NeonSingle>(),
        _ => RowKernels<float>.Of<Vector128<float>, PortableSingle>(),
    };

    internal static RowKernels<double> Double(SoftmaxInstructionSet set) => InstructionSets.Resolve(set) switch
    {
        SoftmaxInstructionSet.Avx512 => RowKernels<double>.Of<Vector512<double>, Avx512Double>(),
        SoftmaxInstructionSet.Avx2 => RowKernels<double>.Of<Vector256<double>, Avx2Double>(),
        SoftmaxInstructionSet.Neon => RowKernels<double>.Of<Vector128<double>, NeonDouble>(),
        _ => RowKernels<double>.Of<Vector128<double>, PortableDouble>(),
    };
}
