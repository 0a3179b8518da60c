using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>A transformer's feed-forward part, token by token: W₂ GELU(W₁ x + b₁) + b₂.</summary>
/// <remarks>
/// Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>). Without gradients the activation
/// overwrites the first layer's output: a hook that wants to keep that output copies it.
/// </remarks>
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
        using var activated = Activated(hidden);
        return _second.call(activated);
    }

    // #region activated
    /// <summary>GELU of hidden channels that nobody else reads; in place when no gradient is recorded.</summary>
    /// <remarks>
    /// They are the largest tensor of a block. A second one of their size exceeds what the C library keeps for reuse, so that each call
    /// would pay for fresh pages: a seventh of a block's time at 8 × 197 tokens of 192 channels.
    /// </remarks>
    /// <param name="hidden">(..., hidden).</param>
    internal static Tensor Activated(Tensor hidden) => functional.gelu(hidden, inplace: !hidden.requires_grad);
    // #endregion activated
}
