using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>Two stream outputs of one length to a logit by their element-wise product, wᵀ(o₁ ⊙ o₂) + b.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class HadamardFusion : Module<Tensor, Tensor, Tensor>
{
    private readonly Linear _output;
    private readonly long _dim;

    /// <summary>A fusion at its initial weights.</summary>
    /// <param name="dim">Numbers of each stream.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public HadamardFusion(long dim, Device? device = null, ScalarType? dtype = null)
        : base(nameof(HadamardFusion))
    {
        _dim = dim;
        _output = ClickInitialization.LinearLayer(dim, 1, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input1">o₁, (n, dim).</param>
    /// <param name="input2">o₂, (n, dim).</param>
    /// <returns>Logits, (n, 1).</returns>
    public override Tensor forward(Tensor input1, Tensor input2)
    {
        TensorShape.Require(input1, nameof(input1), TensorShape.Any, _dim);
        TensorShape.Require(input2, nameof(input2), input1.shape[0], _dim);
        using var product = input1 * input2;
        return _output.call(product);
    }
}
