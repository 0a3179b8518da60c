namespace DailyPapers.Numerics;

/// <summary>The instructions a softmax kernel is built from.</summary>
public enum SoftmaxInstructionSet
{
    /// <summary>The fastest set this process supports: AVX-512, else AVX2, else NEON, else the portable kernel.</summary>
    Best,

    /// <summary>128-bit vectors through the runtime's portable API: SSE on x86-64, NEON on ARM64, scalar code elsewhere; needs no FMA.</summary>
    Portable,

    /// <summary>AVX2 and FMA: 8 floats or 4 doubles a vector; powers of two are assembled in the exponent bits.</summary>
    Avx2,

    /// <summary>AVX-512F: 16 floats or 8 doubles a vector; VSCALEF multiplies by a power of two directly.</summary>
    Avx512,

    /// <summary>NEON of 64-bit ARM with its fused multiply-add: 4 floats or 2 doubles a vector.</summary>
    Neon,
}
