using DailyPapers.Lab.Architectures.Transformers;

namespace DailyPapers.Lab.Architectures.WideNet;

/// <summary>Sizes of a WideNet.</summary>
/// <param name="Dim">d: channels of a token.</param>
/// <param name="Depth">Lyr: how often the shared layer is applied.</param>
/// <param name="Heads">Heads of the attention.</param>
/// <param name="Hidden">Hidden channels of an expert.</param>
/// <param name="Experts">E; 0 for one plain feed-forward part without a router.</param>
/// <param name="K">Experts a token.</param>
/// <param name="CapacityFactor">C of the experts' capacity; null for any number of tokens.</param>
/// <param name="BalanceWeight">λ, what the sum of the balance losses is multiplied by.</param>
public sealed record WideNetConfig(int Dim, int Depth, int Heads, int Hidden, int Experts = 4, int K = 2, double? CapacityFactor = 1.2, double BalanceWeight = 0.01)
{
    /// <summary>WideNet-B with hidden channels of 4 dim as in ViT-B: 22.8 million parameters on ImageNet.</summary>
    public static WideNetConfig Base { get; } = new(768, 12, 12, 3072);

    /// <summary>WideNet-L: 40 million parameters on ImageNet.</summary>
    public static WideNetConfig Large { get; } = new(1024, 24, 16, 4096);

    /// <summary>WideNet-H: 61.7 million parameters on ImageNet in patches of 16.</summary>
    public static WideNetConfig Huge { get; } = new(1280, 32, 16, 5120);

    /// <summary>Parameters of the shared layer and of all norms inside it: 4(d² + d) + E(2 d h + h + d) + E d + 4 d Lyr, with individual norms.</summary>
    public long LayerParameters(NormSharing norms = NormSharing.Individual)
    {
        long dim = Dim;
        var expert = 2 * dim * Hidden + Hidden + dim;
        return 4 * (dim * dim + dim) + (Experts == 0 ? expert : Experts * (expert + dim)) + 4 * dim * (norms == NormSharing.Individual ? Depth : 1);
    }

    /// <summary>The sizes of the vision transformer around the layer, for images of 224 × 224 in patches of 16 and 1,000 classes.</summary>
    public VisionTransformerOptions ImageNet => new(224, 16, Dim, 1, Heads, 1000, 3);
}
