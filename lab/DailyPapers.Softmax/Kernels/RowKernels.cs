using System.Numerics;
using System.Runtime.Intrinsics;

namespace DailyPapers.Numerics.Kernels;

/// <summary>The kernels for one element type and one instruction set, as pointers to the specialised code.</summary>
internal sealed unsafe class RowKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The passes of <see cref="RowKernel{T, V, TSimd}"/>, for rows that are not short.</summary>
    internal readonly delegate*<T*, nint, RowSum> Sum;
    internal readonly delegate*<RowSum, bool> IsWithinLimits;
    internal readonly delegate*<T*, T*, nint, RowSum, bool, void> Normalise;
    internal readonly delegate*<T*, T*, nint, T, T, bool, void> Subtract;
    internal readonly delegate*<T*, nint, T> Max;

    /// <summary>The count of elements of a vector.</summary>
    internal readonly int Lanes;

    /// <summary>Whole batches of rows that one vector holds, or two, and of other short rows: input and its stride, output and its stride, rows, columns.</summary>
    internal readonly delegate*<T*, nint, T*, nint, nint, nint, void> VectorSoftmax, VectorLogSoftmax, TwoVectorSoftmax, ShortLogSoftmax;

    /// <summary>The same, and whether to store the results past the caches.</summary>
    internal readonly delegate*<T*, nint, T*, nint, nint, nint, bool, void> ShortSoftmax;

    private RowKernels(
        delegate*<T*, nint, RowSum> sum, delegate*<RowSum, bool> isWithinLimits, delegate*<T*, T*, nint, RowSum, bool, void> normalise,
        delegate*<T*, T*, nint, T, T, bool, void> subtract, delegate*<T*, nint, T> max, int lanes,
        delegate*<T*, nint, T*, nint, nint, nint, void> vectorSoftmax, delegate*<T*, nint, T*, nint, nint, nint, void> vectorLogSoftmax,
        delegate*<T*, nint, T*, nint, nint, nint, void> twoVectorSoftmax,
        delegate*<T*, nint, T*, nint, nint, nint, bool, void> shortSoftmax, delegate*<T*, nint, T*, nint, nint, nint, void> shortLogSoftmax)
    {
        Sum = sum;
        IsWithinLimits = isWithinLimits;
        Normalise = normalise;
        Subtract = subtract;
        Max = max;
        Lanes = lanes;
        VectorSoftmax = vectorSoftmax;
        VectorLogSoftmax = vectorLogSoftmax;
        TwoVectorSoftmax = twoVectorSoftmax;
        ShortSoftmax = shortSoftmax;
        ShortLogSoftmax = shortLogSoftmax;
    }

    internal static RowKernels<T> Of<V, TSimd>()
        where V : struct
        where TSimd : struct, ISimd<T, V> => Specialised<V, TSimd>.Kernels;

    // Made once: a short row is done in less time than it takes to collect the pointers.
    private static class Specialised<V, TSimd>
        where V : struct
        where TSimd : struct, ISimd<T, V>
    {
        internal static readonly RowKernels<T> Kernels = new(
            &RowKernel<T, V, TSimd>.Sum, &RowKernel<T, V, TSimd>.IsWithinLimits, &RowKernel<T, V, TSimd>.Normalise,
            &RowKernel<T, V, TSimd>.Subtract, &SoftmaxKernel<T, V, TSimd>.Max,
            TSimd.Lanes, &VectorRowKernel<T, V, TSimd>.Softmax, &VectorRowLogKernel<T, V, TSimd>.LogSoftmax,
            &TwoVectorRowKernel<T, V, TSimd>.Softmax,
            &ShortRowKernel<T, V, TSimd>.Softmax, &ShortRowKernel<T, V, TSimd>.LogSoftmax);
    }
}

/// <summary>The choice among the instruction sets.</summary>
internal static class RowKernels
{
    private static readonly RowKernels<float> _bestSingle = SingleOf(InstructionSets.Best);
    private static readonly RowKernels<double> _bestDouble = DoubleOf(InstructionSets.Best);

    internal static RowKernels<float> Single(SoftmaxInstructionSet set) => set == SoftmaxInstructionSet.Best ? _bestSingle : SingleOf(InstructionSets.Resolve(set));

    internal static RowKernels<double> Double(SoftmaxInstructionSet set) => set == SoftmaxInstructionSet.Best ? _bestDouble : DoubleOf(InstructionSets.Resolve(set));

    private static RowKernels<float> SingleOf(SoftmaxInstructionSet set) => set switch
    {
        SoftmaxInstructionSet.Avx512 => RowKernels<float>.Of<Vector512<float>, Avx512Single>(),
        SoftmaxInstructionSet.Avx2 => RowKernels<float>.Of<Vector256<float>, Avx2Single>(),
        SoftmaxInstructionSet.Neon => RowKernels<float>.Of<Vector128<float>, NeonSingle>(),
        _ => RowKernels<float>.Of<Vector128<float>, PortableSingle>(),
    };

    private static RowKernels<double> DoubleOf(SoftmaxInstructionSet set) => set switch
    {
        SoftmaxInstructionSet.Avx512 => RowKernels<double>.Of<Vector512<double>, Avx512Double>(),
        SoftmaxInstructionSet.Avx2 => RowKernels<double>.Of<Vector256<double>, Avx2Double>(),
        SoftmaxInstructionSet.Neon => RowKernels<double>.Of<Vector128<double>, NeonDouble>(),
        _ => RowKernels<double>.Of<Vector128<double>, PortableDouble>(),
    };
}
