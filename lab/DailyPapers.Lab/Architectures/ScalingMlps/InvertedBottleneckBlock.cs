using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ScalingMlps;

/// <summary>z + W_c GELU(W_e LN(z)) with W_e of (k m, m) and W_c of (m, k m) (arXiv:2306.13575, section 2).</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class InvertedBottleneckBlock : Module<Tensor, Tensor>
{
    private readonly LayerNorm _norm;
    private readonly Linear _expand;
    private readonly Linear _contract;
    private readonly long _width;

    /// <summary>A block at its initial weights, which are a linear layer's of PyTorch: uniform up to 1/√inputs.</summary>
    /// <param name="width">m.</param>
    /// <param name="expansion">k.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public InvertedBottleneckBlock(long width, long expansion = 4, Device? device = null, ScalarType? dtype = null)
        : base(nameof(InvertedBottleneckBlock))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(expansion, 1);
        _width = width;
        _norm = LayerNorm(width, device: device, dtype: dtype);
        _expand = Linear(width, expansion * width, true, device, dtype);
        _contract = Linear(expansion * width, width, true, device, dtype);
        RegisterComponents();
    }

    // #region block
    /// <inheritdoc/>
    /// <param name="input">(..., m).</param>
    /// <returns>(..., m).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _width);
        using var normed = _norm.call(input);
        using var expanded = _expand.call(normed);
        using var activated = functional.gelu(expanded);
        using var contracted = _contract.call(activated);
        return input + contracted;
    }
    // #endregion block
}
