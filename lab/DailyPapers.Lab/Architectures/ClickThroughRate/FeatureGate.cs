using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>Weights of features from a context (FinalMLP, section on feature gating): 2σ(W h(c) + b) with hidden layers h of ReLU, 1 where the logit is 0.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class FeatureGate : Module<Tensor, Tensor>
{
    private readonly MlpTower _hidden;
    private readonly Linear _output;

    /// <summary>A gate at its initial weights, as in the code: normal Xavier, biases zero.</summary>
    /// <param name="ctxDim">Numbers of the context.</param>
    /// <param name="outDim">Numbers to be weighted.</param>
    /// <param name="hidden">Neurons of each hidden layer, at least one layer.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public FeatureGate(long ctxDim, long outDim, IReadOnlyList<int> hidden, Device? device = null, ScalarType? dtype = null)
        : base(nameof(FeatureGate))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outDim, 1);
        _hidden = new(ctxDim, hidden, device: device, dtype: dtype);
        _output = ClickInitialization.LinearLayer(_hidden.Outputs, outDim, device, dtype);
        RegisterComponents();
    }

    /// <summary>The hidden layers (ctxDim → hidden).</summary>
    public MlpTower Hidden => _hidden;

    /// <summary>The layer out (hidden → outDim).</summary>
    public Linear Output => _output;

    // #region gate
    /// <inheritdoc/>
    /// <param name="input">Contexts, (n, ctxDim).</param>
    /// <returns>(n, outDim), each between 0 and 2.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (2 * _output.call(_hidden.call(input)).sigmoid()).MoveToOuterDisposeScope();
    }
    // #endregion gate
}
