using DailyPapers.Lab.Architectures.Transformers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.WideNet;

/// <summary>
/// A feed-forward part of several experts, W₂ GELU(W₁ x + b₁) + b₂ each, of which every token uses k: the sum of their outputs times the
/// router's probabilities. A token whose expert is full gets nothing from it.
/// </summary>
/// <remarks>
/// Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>). With a capacity, what a token gets depends
/// on the others of the batch, in evaluation too, and a second choice on first choices of later tokens: for predictions that must not
/// depend on them take no capacity.
/// </remarks>
public sealed class MixtureOfExperts : Module<Tensor, Tensor>, ICountsMultiplyAdds
{
    private readonly TopKRouter _router;
    private readonly Parameter _firstWeight; // (experts, hidden, dim)
    private readonly Parameter _firstBias; // (experts, hidden)
    private readonly Parameter _secondWeight; // (experts, dim, hidden)
    private readonly Parameter _secondBias; // (experts, dim)
    private readonly long _dim;
    private readonly long _hidden;
    private readonly int _experts;
    private readonly double? _capacityFactor;
    private Tensor? _balance;

    /// <summary>Experts at their initial weights: uniform Xavier for each, biases zero.</summary>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="hidden">Hidden channels of an expert.</param>
    /// <param name="experts">E, at least 1.</param>
    /// <param name="k">Experts a token, from 1 to E.</param>
    /// <param name="capacityFactor">C: an expert takes at most C k tokens / E of a batch; null for any number.</param>
    /// <param name="noiseStd">Standard deviation of the router's noise in training; 1/E unless given.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public MixtureOfExperts(
        long dim, long hidden, int experts, int k, double? capacityFactor = 1.2, double? noiseStd = null, Device? device = null, ScalarType? dtype = null)
        : base(nameof(MixtureOfExperts))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        if (capacityFactor is { } factor)
            ArgumentOutOfRangeException.ThrowIfNegative(factor, nameof(capacityFactor));
        (_dim, _hidden, _experts, _capacityFactor) = (dim, hidden, experts, capacityFactor);
        _router = new TopKRouter(dim, experts, k, noiseStd, device, dtype);
        var bound = Math.Sqrt(6.0 / (dim + hidden));
        _firstWeight = Uniform(experts, hidden, dim);
        _firstBias = new Parameter(zeros(experts, hidden, dtype, device));
        _secondWeight = Uniform(experts, dim, hidden);
        _secondBias = new Parameter(zeros(experts, dim, dtype, device));
        RegisterComponents();

        Parameter Uniform(params long[] shape)
        {
            using var unit = rand(shape, dtype: dtype, device: device);
            return new Parameter((unit * 2 - 1) * bound);
        }
    }

    /// <summary>The router.</summary>
    public TopKRouter Router => _router;

    /// <summary>Called with the routing of every forward pass, which is freed after the call; null for nobody.</summary>
    public Action<Routing>? Observer { get; set; }

    /// <summary>The balance losses of the uses in training mode since this was last called, summed; null when there were none. The caller's to free.</summary>
    public Tensor? TakeBalanceLoss()
    {
        var balance = _balance;
        _balance = null;
        return balance;
    }

    /// <inheritdoc/>
    /// <param name="input">(..., dim).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _dim);
        using var scope = NewDisposeScope();
        var tokens = input.reshape(-1, _dim);
        var routing = Route(tokens);
        return Dispatched(tokens, routing).reshape(input.shape).MoveToOuterDisposeScope();
    }

    /// <summary>The same by the plain definition: every expert on every token, times the weights. For tests and timings; it is E/k times the work.</summary>
    /// <param name="input">(..., dim).</param>
    public Tensor Dense(Tensor input)
    {
        TensorShape.RequireLast(input, nameof(input), _dim);
        using var scope = NewDisposeScope();
        var tokens = input.reshape(-1, _dim);
        var routing = Route(tokens);
        var kept = ExpertDispatch.Of(routing.Index, _experts, Capacity(tokens.shape[0]));
        var mask = zeros_like(routing.Weight).flatten().index_fill_(0, tensor(kept.Slots.ToArray(), device: tokens.device), 1).view(routing.Weight.shape);
        var weights = zeros_like(routing.Probabilities).scatter(1, routing.Index, routing.Weight * mask);
        var output = zeros_like(tokens);
        for (var expert = 0; expert < _experts; expert++)
            output = output + weights.narrow(1, expert, 1) * Expert(expert, tokens);
        return output.reshape(input.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>As if no token were dropped; the router's layer is inside and counted beside it.</remarks>
    public long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output)
    {
        long tokens = 1;
        foreach (var length in input[..^1])
            tokens *= length;
        return tokens * _router.K * 2 * _dim * _hidden;
    }

    private Routing Route(Tensor tokens)
    {
        var routing = _router.call(tokens);
        Observer?.Invoke(routing);
        if (!training)
            return routing;
        var loss = BalanceLoss.Of(routing);
        var sum = _balance is null ? loss : loss + _balance;
        // Blocks free what they compute; this one lives until it is taken.
        _balance?.Dispose();
        _balance = sum.DetachFromDisposeScope();
        return routing;
    }

    // #region gather
    private Tensor Dispatched(Tensor tokens, Routing routing)
    {
        var dispatch = ExpertDispatch.Of(routing.Index, _experts, Capacity(tokens.shape[0]));
        if (dispatch.Tokens.Count == 0)
            return zeros_like(tokens);
        var rows = tensor(dispatch.Tokens.ToArray(), device: tokens.device);
        var slots = tensor(dispatch.Slots.ToArray(), device: tokens.device);
        var gathered = tokens.index_select(0, rows);
        var parts = new List<Tensor>(_experts);
        var from = 0;
        for (var expert = 0; expert < _experts; expert++)
        {
            var count = dispatch.Counts[expert];
            if (count > 0)
                parts.Add(Expert(expert, gathered.narrow(0, from, count)));
            from += count;
        }
        var weights = routing.Weight.flatten().index_select(0, slots).unsqueeze(1);
        return zeros_like(tokens).index_add(0, rows, cat(parts, 0) * weights, 1);
    }

    private Tensor Expert(int expert, Tensor tokens)
    {
        var hidden = addmm(_firstBias.select(0, expert), tokens, _firstWeight.select(0, expert).t(), 1, 1);
        return addmm(_secondBias.select(0, expert), FeedForward.Activated(hidden), _secondWeight.select(0, expert).t(), 1, 1);
    }
    // #endregion gather

    private int? Capacity(long tokens) => _capacityFactor is { } factor ? ExpertDispatch.Capacity(factor, tokens, _router.K, _experts) : null;
}
