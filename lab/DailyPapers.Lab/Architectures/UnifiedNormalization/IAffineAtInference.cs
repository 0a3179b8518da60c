using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.UnifiedNormalization;

/// <summary>A norm that in evaluation mode is y = scale · x + shift with fixed numbers a channel, so that a linear layer after it can absorb it.</summary>
public interface IAffineAtInference
{
    /// <summary>Scale and shift, (dim) each, of evaluation mode; new tensors without gradient, the caller's to free.</summary>
    (Tensor Scale, Tensor Shift) Affine();
}
