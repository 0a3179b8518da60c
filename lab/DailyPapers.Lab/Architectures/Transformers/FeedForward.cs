using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>A transformer's feed-forward part, token by token: W₂ GELU(W₁ x + b₁) + b₂.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class FeedForward : Module<Tensor, Tensor>
{
    private readonly Linear _first;
    private readonly Linear _second;
    private readonly long _dim;

    /// <summary>The layers at their initial weights.</summary>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="hidden">Channels between the layers, usually 4 dim.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public FeedForward(long dim, long hidden, Device? device = null, ScalarType? dtype = null)
        : base(nameof(FeedForward))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        _dim = dim;
        _first = Linear(dim, hidden, true, device, dtype);
        _second = Linear(hidden, dim, true, device, dtype);
        TransformerInitialization.Apply(_first);
        TransformerInitialization.Apply(_second);
        RegisterComponents();
    }

    private FeedForward(FeedForward other, Linear first)
        : base(nameof(FeedForward))
    {
        (_dim, _first, _second) = (other._dim, first, other._second);
        RegisterComponents();
    }

    /// <summary>The layer in (dim → hidden).</summary>
    public Linear First => _first;

    /// <summary>The layer out (hidden → dim).</summary>
    public Linear Second => _second;

    /// <summary>The same part with another first layer; the second is shared.</summary>
    internal FeedForward With(Linear first) => new(this, first);

    /// <inheritdoc/>
    /// <param name="input">(..., dim).</param>
    /// <returns>(..., dim).</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _dim);
        using var hidden = _first.call(input);
        using var activated = functional.gelu(hidden);
        return _second.call(activated);
    }
}
