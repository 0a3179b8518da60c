using System.Numerics;
using System.Runtime.Intrinsics;

namespace DailyPapers.Numerics.Kernels;

/// <summary>The paper's algorithms for one element type and one instruction set, as pointers to the specialised code.</summary>
internal readonly unsafe struct PaperKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal readonly delegate*<T*, T*, nint, void> TwoPass;
    internal readonly delegate*<T*, T*, nint, void> ThreePassRecompute;
    internal readonly delegate*<T*, T*, nint, void> ThreePassReload;
    internal readonly delegate*<T*, nint, ExtendedExponential> SumOfExponentials;

    private PaperKernels(
        delegate*<T*, T*, nint, void> twoPass, delegate*<T*, T*, nint, void> recompute, delegate*<T*, T*, nint, void> reload,
        delegate*<T*, nint, ExtendedExponential> sumOfExponentials)
    {
        TwoPass = twoPass;
        ThreePassRecompute = recompute;
        ThreePassReload = reload;
        SumOfExponentials = sumOfExponentials;
    }

    internal static PaperKernels<T> Of<V, TSimd>()
        where V : struct
        where TSimd : struct, ISimd<T, V> => new(
            &SoftmaxKernel<T, V, TSimd>.TwoPass, &SoftmaxKernel<T, V, TSimd>.ThreePassRecompute, &SoftmaxKernel<T, V, TSimd>.ThreePassReload,
            &SoftmaxKernel<T, V, TSimd>.SumOfExponentials);
}

/// <summary>The choice among the instruction sets.</summary>
internal static class PaperKernels
{
    internal static PaperKernels<float> Single(SoftmaxInstructionSet set) => InstructionSets.Resolve(set) switch
    {
        SoftmaxInstructionSet.Avx512 => PaperKernels<float>.Of<Vector512<float>, Avx512Single>(),
        SoftmaxInstructionSet.Avx2 => PaperKernels<float>.Of<Vector256<float>, Avx2Single>(),
        SoftmaxInstructionSet.Neon => PaperKernels<float>.Of<Vector128<float>, NeonSingle>(),
        _ => PaperKernels<float>.Of<Vector128<float>, PortableSingle>(),
    };

    internal static PaperKernels<double> Double(SoftmaxInstructionSet set) => InstructionSets.Resolve(set) switch
    {
        SoftmaxInstructionSet.Avx512 => PaperKernels<double>.Of<Vector512<double>, Avx512Double>(),
        SoftmaxInstructionSet.Avx2 => PaperKernels<double>.Of<Vector256<double>, Avx2Double>(),
        SoftmaxInstructionSet.Neon => PaperKernels<double>.Of<Vector128<double>, NeonDouble>(),
        _ => PaperKernels<double>.Of<Vector128<double>, PortableDouble>(),
    };
}
