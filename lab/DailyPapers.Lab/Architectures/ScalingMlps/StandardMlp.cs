using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ScalingMlps;

/// <summary>
/// The baseline (arXiv:2306.13575, section 2): z₁ = GELU(W₁ x), then z_l = GELU(W_l LN(z_{l−1})), and a linear head; no bottlenecks,
/// no skips.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class StandardMlp : Module<Tensor, Tensor>
{
    private readonly int _side;
    private readonly int _channels;
    private readonly ModuleList<Linear> _layers = [];
    private readonly ModuleList<LayerNorm> _norms = [];
    private readonly Linear _head;

    /// <summary>The network at its initial weights, which are a linear layer's of PyTorch: uniform up to 1/√inputs.</summary>
    /// <param name="side">Rows and columns of an image.</param>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="widths">Widths of the hidden layers, first to last.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public StandardMlp(int side, int channels, IReadOnlyList<int> widths, int classes, Device? device = null, ScalarType? dtype = null)
        : base(nameof(StandardMlp))
    {
        ArgumentNullException.ThrowIfNull(widths);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(widths.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        (_side, _channels) = (side, channels);
        for (var layer = 0; layer < widths.Count; layer++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(widths[layer], 1, nameof(widths));
            if (layer > 0)
                _norms.Add(LayerNorm(widths[layer - 1], device: device, dtype: dtype));
            _layers.Add(Linear(layer == 0 ? channels * side * side : widths[layer - 1], widths[layer], true, device, dtype));
        }
        _head = Linear(widths[^1], classes, true, device, dtype);
        RegisterComponents();
    }

    /// <summary>How many numbers are trained.</summary>
    /// <inheritdoc cref="StandardMlp(int, int, IReadOnlyList{int}, int, Device, ScalarType?)" path="/param"/>
    public static long Parameters(int side, int channels, IReadOnlyList<int> widths, int classes)
    {
        ArgumentNullException.ThrowIfNull(widths);
        var total = (channels * side * side + 1L) * widths[0] + (widths[^1] + 1L) * classes;
        for (var layer = 1; layer < widths.Count; layer++)
            total += (widths[layer - 1] + 1L) * widths[layer] + 2L * widths[layer - 1];
        return total;
    }

    /// <summary>The width at which a network of equally wide layers has as many parameters as given, or just fewer.</summary>
    /// <param name="side">Rows and columns of an image.</param>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="layers">Number of hidden layers.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="parameters">How many parameters it may have.</param>
    /// <exception cref="ArgumentException">Even width 1 has more.</exception>
    public static int WidthFor(int side, int channels, int layers, int classes, long parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        var width = 0;
        while (Parameters(side, channels, [.. Enumerable.Repeat(width + 1, layers)], classes) <= parameters)
            width++;
        return width > 0 ? width : throw new ArgumentException($"No network of {layers} hidden layers has as few as {parameters} parameters.", nameof(parameters));
    }

    /// <inheritdoc/>
    /// <param name="input">Images, (n, channels, side, side).</param>
    /// <returns>Logits, (n, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _channels, _side, _side);
        using var scope = NewDisposeScope();
        var state = functional.gelu(_layers[0].call(input.flatten(1)));
        for (var layer = 1; layer < _layers.Count; layer++)
            state = functional.gelu(_layers[layer].call(_norms[layer - 1].call(state)));
        return _head.call(state).MoveToOuterDisposeScope();
    }
}
