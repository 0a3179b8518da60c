using DailyPapers.Lab.Architectures.Transformers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>
/// Mixes tokens along one axis, r channels (a raft) together (arXiv:2108.04384, section 3): x + MLP(LN(x)), where the MLP maps the
/// r · length numbers of a line and a raft to as many, and is shared by all lines and all C/r rafts.
/// </summary>
/// <remarks>
/// Channel c belongs to raft c mod (C/r), so that the r channels of a raft lie far apart, as in the authors' code.
/// Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).
/// </remarks>
public sealed class RaftTokenMixing : Module<Tensor, Tensor>
{
    private readonly LayerNorm _norm;
    private readonly FeedForward _mlp;
    private readonly long _channels;
    private readonly long _length;
    private readonly long _raft;
    private readonly MixingAxis _axis;

    /// <summary>The layer at its initial weights: uniform Xavier, biases zero.</summary>
    /// <param name="axis">The axis that is mixed.</param>
    /// <param name="length">Tokens along it.</param>
    /// <param name="channels">C.</param>
    /// <param name="raft">r, a divisor of <paramref name="channels"/>; 1 mixes every channel alone.</param>
    /// <param name="expansion">e, the MLP's hidden width as a multiple of r · length.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public RaftTokenMixing(MixingAxis axis, long length, long channels, long raft = 2, long expansion = 2, Device? device = null, ScalarType? dtype = null)
        : base(nameof(RaftTokenMixing))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(raft, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(expansion, 1);
        if (channels % raft != 0)
            throw new ArgumentException($"channels {channels} is not divisible by raft {raft}.", nameof(raft));
        (_axis, _length, _channels, _raft) = (axis, length, channels, raft);
        _norm = LayerNorm(channels, device: device, dtype: dtype);
        _mlp = new FeedForward(raft * length, expansion * raft * length, device, dtype);
        RegisterComponents();
    }

    /// <summary>Numbers that are trained: 2 e (r · length)² weights, biases, and the norm's 2 C.</summary>
    /// <param name="length">Tokens along the axis.</param>
    /// <param name="channels">C.</param>
    /// <param name="raft">r.</param>
    /// <param name="expansion">e.</param>
    public static long Parameters(long length, long channels, long raft, long expansion) =>
        2 * expansion * (raft * length) * (raft * length) + (expansion + 1) * raft * length + 2 * channels;

    /// <inheritdoc/>
    /// <param name="input">Tokens, (n, height, width, C); the axis has its length, the other any.</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        if (_axis == MixingAxis.Vertical)
            TensorShape.Require(input, nameof(input), TensorShape.Any, _length, TensorShape.Any, _channels);
        else
            TensorShape.Require(input, nameof(input), TensorShape.Any, TensorShape.Any, _length, _channels);
        using var scope = NewDisposeScope();
        return (input + Mixed(_norm.call(input))).MoveToOuterDisposeScope();
    }

    // #region raft
    private Tensor Mixed(Tensor tokens)
    {
        var (n, height, width) = (tokens.shape[0], tokens.shape[1], tokens.shape[2]);
        // (n, height, width, r, rafts): the mixed axis and r go last, in this order r, axis.
        var split = tokens.view(n, height, width, _raft, _channels / _raft);
        var vertical = _axis == MixingAxis.Vertical;
        var lines = split.permute(vertical ? [0, 4, 2, 3, 1] : [0, 4, 1, 3, 2]).flatten(3);
        var mixed = _mlp.call(lines).unflatten(3, [_raft, _length]);
        return mixed.permute(vertical ? [0, 4, 2, 3, 1] : [0, 2, 4, 3, 1]).flatten(3);
    }
    // #endregion raft
}
