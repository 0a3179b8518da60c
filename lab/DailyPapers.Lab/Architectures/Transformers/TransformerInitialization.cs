using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>Initial weights of a transformer's linear layers: uniform Xavier, biases zero.</summary>
/// <remarks>
/// As in the reference code of ViT, but for the one layer of queries, keys and values: its outputs count together, as in PyTorch's
/// <c>MultiheadAttention</c>, so that its weights are smaller by √2 than those of three layers.
/// </remarks>
public static class TransformerInitialization
{
    /// <summary>Draws a layer's weights from TorchSharp's global generator.</summary>
    public static void Apply(Linear layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        init.xavier_uniform_(layer.weight);
        if (layer.bias is not null)
            init.zeros_(layer.bias);
    }
}
