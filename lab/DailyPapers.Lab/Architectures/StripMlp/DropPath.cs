using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// Stochastic depth (Huang et al. 2016): while training, a residual branch is dropped for an example with the given probability and
/// divided by the probability of staying otherwise. It draws from TorchSharp's global generator.
/// </summary>
public sealed class DropPath : Module<Tensor, Tensor>
{
    private readonly double _probability;

    /// <summary>Drops with <paramref name="probability"/>, from 0 to below 1.</summary>
    public DropPath(double probability)
        : base(nameof(DropPath))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        _probability = probability;
    }

    /// <inheritdoc/>
    /// <param name="input">(n, ...).</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!training || _probability == 0)
            return input.alias();
        using var scope = NewDisposeScope();
        long[] shape = [input.shape[0], .. Enumerable.Repeat(1L, input.shape.Length - 1)];
        var kept = rand(shape, dtype: input.dtype, device: input.device).ge(_probability).to(input.dtype);
        return (input * (kept / (1 - _probability))).MoveToOuterDisposeScope();
    }
}
