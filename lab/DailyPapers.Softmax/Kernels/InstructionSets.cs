using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Kernels;

/// <summary>What this process can run.</summary>
internal static class InstructionSets
{
    internal static SoftmaxInstructionSet Best =>
        IsSupported(SoftmaxInstructionSet.Avx512) ? SoftmaxInstructionSet.Avx512
        : IsSupported(SoftmaxInstructionSet.Avx2) ? SoftmaxInstructionSet.Avx2
        : IsSupported(SoftmaxInstructionSet.Neon) ? SoftmaxInstructionSet.Neon
        : SoftmaxInstructionSet.Portable;

    internal static bool IsSupported(SoftmaxInstructionSet set) => set switch
    {
        SoftmaxInstructionSet.Best or SoftmaxInstructionSet.Portable => true,
        SoftmaxInstructionSet.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        SoftmaxInstructionSet.Avx512 => Avx512F.IsSupported,
        SoftmaxInstructionSet.Neon => AdvSimd.Arm64.IsSupported,
        _ => throw new ArgumentOutOfRangeException(nameof(set), set, "Use one of the defined instruction sets."),
    };

    /// <summary>The set that <paramref name="set"/> stands for.</summary>
    /// <exception cref="PlatformNotSupportedException">This process cannot run it.</exception>
    internal static SoftmaxInstructionSet Resolve(SoftmaxInstructionSet set)
    {
        if (set == SoftmaxInstructionSet.Best)
            return Best;
        if (!IsSupported(set))
            throw new PlatformNotSupportedException(
                $"This process cannot run the {set} softmax: the CPU lacks the instructions, or the runtime was started with them disabled. Use {nameof(SoftmaxInstructionSet)}.{nameof(SoftmaxInstructionSet.Best)} or {nameof(SoftmaxInstructionSet.Portable)}.");
        return set;
    }
}
