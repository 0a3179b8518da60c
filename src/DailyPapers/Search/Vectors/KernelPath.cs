using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Search.Vectors;

/// <summary>The instructions a kernel is written in. All give the same integers.</summary>
internal enum KernelPath
{
    Portable,
    AdvSimd,
    Avx2,
    Avx512,
}

internal static class KernelPaths
{
    /// <summary>The fastest that this processor has.</summary>
    public static KernelPath Best { get; } =
        KernelPath.Avx512.IsSupported() ? KernelPath.Avx512
        : KernelPath.Avx2.IsSupported() ? KernelPath.Avx2
        : KernelPath.AdvSimd.IsSupported() ? KernelPath.AdvSimd
        : KernelPath.Portable;

    public static bool IsSupported(this KernelPath path) => path switch
    {
        KernelPath.Avx512 => Avx512BW.IsSupported,
        KernelPath.Avx2 => Avx2.IsSupported,
        KernelPath.AdvSimd => AdvSimd.Arm64.IsSupported,
        _ => true,
    };
}
