using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>Two stream outputs to a logit by a linear layer on both side by side, wᵀ[o₁; o₂] + b: what the sum of two linear layers can say, too.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class ConcatFusion : Module<Tensor, Tensor, Tensor>
{
    private readonly Linear _output;
    private readonly long _d1;
    private readonly long _d2;

    /// <summary>A fusion at its initial weights.</summary>
    /// <param name="d1">Numbers of the first stream.</param>
    /// <param name="d2">Numbers of the second stream.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public ConcatFusion(long d1, long d2, Device? device = null, ScalarType? dtype = null)
        : base(nameof(ConcatFusion))
    {
        (_d1, _d2) = (d1, d2);
        _output = ClickInitialization.LinearLayer(d1 + d2, 1, device, dtype);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input1">o₁, (n, d1).</param>
    /// <param name="input2">o₂, (n, d2).</param>
    /// <returns>Logits, (n, 1).</returns>
    public override Tensor forward(Tensor input1, Tensor input2)
    {
        TensorShape.Require(input1, nameof(input1), TensorShape.Any, _d1);
        TensorShape.Require(input2, nameof(input2), input1.shape[0], _d2);
        using var both = cat([input1, input2], 1);
        return _output.call(both);
    }
}
