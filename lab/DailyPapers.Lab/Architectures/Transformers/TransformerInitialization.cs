using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>Initial weights of a transformer's linear layers, as in the reference code of ViT: uniform Xavier, biases zero.</summary>
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
