using DailyPapers.Lab.Architectures.Transformers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.WideNet;

/// <summary>The router of a mixture of experts (Xue et al. 2021, section on MoE): the k largest of softmax(W x + ε), ε normal noise in training only.</summary>
/// <remarks>Weights and noise come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class TopKRouter : Module<Tensor, Routing>
{
    private readonly Linear _scores;
    private readonly long _dim;
    private readonly long _experts;
    private readonly long _k;
    private readonly double _noise;

    /// <summary>A router at its initial weights: uniform Xavier, no bias.</summary>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="experts">E, at least 1.</param>
    /// <param name="k">Experts a token, from 1 to E.</param>
    /// <param name="noiseStd">Standard deviation of ε; 1/E unless given.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public TopKRouter(long dim, long experts, long k, double? noiseStd = null, Device? device = null, ScalarType? dtype = null)
        : base(nameof(TopKRouter))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(experts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, experts);
        (_dim, _experts, _k, _noise) = (dim, experts, k, noiseStd ?? 1.0 / experts);
        ArgumentOutOfRangeException.ThrowIfNegative(_noise, nameof(noiseStd));
        _scores = Linear(dim, experts, false, device, dtype);
        TransformerInitialization.Apply(_scores);
        RegisterComponents();
    }

    /// <summary>Number of experts.</summary>
    public long Experts => _experts;

    /// <summary>Experts a token.</summary>
    public long K => _k;

    /// <summary>The layer W (dim → experts).</summary>
    public Linear Scores => _scores;

    // #region route
    /// <inheritdoc/>
    /// <param name="input">Tokens, (tokens, dim).</param>
    public override Routing forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, _dim);
        using var scope = NewDisposeScope();
        var scores = _scores.call(input);
        if (training && _noise > 0)
            scores = scores + _noise * randn_like(scores);
        var probabilities = scores.softmax(1);
        var (weight, index) = probabilities.topk((int)_k, 1);
        return new(index.MoveToOuterDisposeScope(), weight.MoveToOuterDisposeScope(), probabilities.MoveToOuterDisposeScope());
    }
    // #endregion route
}
