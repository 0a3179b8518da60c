using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Data.Augmentation;

/// <summary>A batch that <see cref="MixUp"/> mixed.</summary>
/// <param name="Examples">λ x + (1 − λ) x′, (n, ...).</param>
/// <param name="Labels">The labels of x, (n).</param>
/// <param name="PartnerLabels">The labels of x′, (n).</param>
/// <param name="Weight">λ, from 0 to 1.</param>
public sealed record MixedBatch(Tensor Examples, Tensor Labels, Tensor PartnerLabels, double Weight)
{
    /// <summary>The loss λ ℓ(z, y) + (1 − λ) ℓ(z, y′), a scalar.</summary>
    /// <param name="logits">z, (n, classes), the model's on <see cref="Examples"/>.</param>
    /// <param name="labelSmoothing">The share of the target that is spread over all classes.</param>
    public Tensor Loss(Tensor logits, double labelSmoothing = 0)
    {
        using var own = functional.cross_entropy(logits, Labels, label_smoothing: labelSmoothing);
        using var partner = functional.cross_entropy(logits, PartnerLabels, label_smoothing: labelSmoothing);
        return partner.lerp(own, Weight);
    }
}
