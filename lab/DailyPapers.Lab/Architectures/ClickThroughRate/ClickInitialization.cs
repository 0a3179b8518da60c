using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>Initial weights of linear layers as in FinalMLP's code: normal Xavier, biases zero.</summary>
public static class ClickInitialization
{
    /// <summary>A linear layer at those weights, from TorchSharp's global generator.</summary>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="outputs">Numbers out.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public static Linear LinearLayer(long inputs, long outputs, TorchSharp.torch.Device? device = null, TorchSharp.torch.ScalarType? dtype = null)
    {
        var layer = Linear(inputs, outputs, true, device, dtype);
        init.xavier_normal_(layer.weight);
        init.zeros_(layer.bias);
        return layer;
    }
}
