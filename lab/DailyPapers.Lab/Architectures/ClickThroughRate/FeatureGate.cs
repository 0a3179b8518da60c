using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>Weights of features from a context (FinalMLP, section on feature gating): 2σ(W₂ ReLU(W₁ c + b₁) + b₂), 1 where the logit is 0.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class FeatureGate : Module<Tensor, Tensor>
{
    private readonly Linear _first;
    private readonly Linear _second;
    private readonly long _ctxDim;

    /// <summary>A gate at its initial weights, as in the code: normal Xavier, biases zero.</summary>
    /// <param name="ctxDim">Numbers of the context.</param>
    /// <param name="outDim">Numbers to be weighted.</param>
    /// <param name="hidden">Neurons of the hidden layer.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public FeatureGate(long ctxDim, long outDim, long hidden = 64, Device? device = null, ScalarType? dtype = null)
        : base(nameof(FeatureGate))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ctxDim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outDim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        _ctxDim = ctxDim;
        _first = ClickInitialization.LinearLayer(ctxDim, hidden, device, dtype);
        _second = ClickInitialization.LinearLayer(hidden, outDim, device, dtype);
        RegisterComponents();
    }

    /// <summary>The layer in (ctxDim → hidden).</summary>
    public Linear First => _first;

    /// <summary>The layer out (hidden → outDim).</summary>
    public Linear Second => _second;

    // #region gate
    /// <inheritdoc/>
    /// <param name="input">Contexts, (n, ctxDim).</param>
    /// <returns>(n, outDim), each between 0 and 2.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _ctxDim);
        using var scope = NewDisposeScope();
        var logits = _second.call(functional.relu(_first.call(input)));
        return (2 * logits.sigmoid()).MoveToOuterDisposeScope();
    }
    // #endregion gate
}
