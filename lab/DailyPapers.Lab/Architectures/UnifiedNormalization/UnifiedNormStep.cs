using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.UnifiedNormalization;

/// <summary>What one training iteration of a norm hands from its forward to its backward pass.</summary>
/// <param name="Norm">The norm.</param>
/// <param name="Iteration">From 1.</param>
/// <param name="Skip">Whether the batch's own statistics are used.</param>
/// <param name="InverseDeviation">1/σ, (dim).</param>
/// <param name="Ratio">The gradient's compensation, (dim); null for none.</param>
internal sealed record UnifiedNormStep(UnifiedNorm Norm, long Iteration, bool Skip, Tensor InverseDeviation, Tensor? Ratio);
