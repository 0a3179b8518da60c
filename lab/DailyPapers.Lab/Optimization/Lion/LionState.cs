using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Optimization.Lion;

/// <summary>What <see cref="Lion"/> remembers of a parameter: its momentum.</summary>
/// <param name="parameter">The parameter.</param>
public sealed class LionState(Parameter parameter) : OptimizerState(parameter), IDisposable
{
    private readonly Parameter _trained = parameter;

    /// <summary>m, of the parameter's shape, device and type; zero at first.</summary>
    public Tensor Momentum { get; private set; } = null!;

    /// <inheritdoc/>
    public override void Initialize(OptimizerOptions options)
    {
        Momentum?.Dispose();
        using var frozen = no_grad();
        Momentum = zeros_like(_trained).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, Momentum);

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        var momentum = Momentum;
        LoadConditionalStateTensor(reader, ref momentum, _trained.device);
        Momentum = momentum.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerState source)
    {
        if (source is not LionState state)
            throw new ArgumentException($"The state of Lion is a {nameof(LionState)}.", nameof(source));
        Momentum.copy_(state.Momentum);
    }

    /// <inheritdoc/>
    public override void to(Device device)
    {
        using var old = Momentum;
        Momentum = old.to(device, copy: true).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override bool ApproximatelyEquals(OptimizerState other) => other is LionState state && Momentum.allclose(state.Momentum);

    /// <summary>Frees the momentum.</summary>
    public void Dispose() => Momentum.Dispose();
}
