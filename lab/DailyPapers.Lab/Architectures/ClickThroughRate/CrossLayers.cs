using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>The cross layers of DCN v2 (Wang et al. 2021, equation 1): x_{l+1} = x₀ ⊙ (W_l x_l + b_l) + x_l; each raises the polynomial degree by one.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class CrossLayers : Module<Tensor, Tensor>
{
    private readonly ModuleList<Linear> _layers;
    private readonly long _dim;

    /// <summary>Layers at their initial weights.</summary>
    /// <param name="dim">Numbers of x.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public CrossLayers(long dim, int layers, Device? device = null, ScalarType? dtype = null)
        : base(nameof(CrossLayers))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        _dim = dim;
        _layers = ModuleList<Linear>([.. Enumerable.Range(0, layers).Select(_ => ClickInitialization.LinearLayer(dim, dim, device, dtype))]);
        RegisterComponents();
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<Linear> Layers => [.. _layers];

    /// <inheritdoc/>
    /// <param name="input">x₀, (n, dim).</param>
    /// <returns>(n, dim).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _dim);
        using var scope = NewDisposeScope();
        var x = input.alias();
        foreach (var layer in _layers)
            x = input * layer.call(x) + x;
        return x.MoveToOuterDisposeScope();
    }
}
