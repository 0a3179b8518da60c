using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.LongTail;

/// <summary>Compression by magnitude: a network's smallest weights become 0, and nothing is trained again.</summary>
public static class MagnitudePruner
{
    /// <summary>Sets the smallest weights of all layers together to 0, in place, for each network on its own.</summary>
    /// <param name="weights">Weights by layer, (M, in, out); biases are best left out.</param>
    /// <param name="sparsity">The share that becomes 0, from 0 to 1.</param>
    public static void Prune(IReadOnlyList<Tensor> weights, double sparsity)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (sparsity is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(sparsity), sparsity, "The share that becomes 0 lies between 0 and 1.");
        if (weights.Count == 0 || weights.Any(layer => layer.dim() != 3 || layer.shape[0] != weights[0].shape[0]))
            throw new ArgumentException("Expected weights (M, in, out) with the same M in all layers.", nameof(weights));
        using var scope = NewDisposeScope();
        var magnitudes = cat([.. weights.Select(layer => layer.flatten(1).abs())], dim: 1);
        var pruned = (long)Math.Round(sparsity * magnitudes.shape[1]);
        if (pruned == 0)
            return;
        var thresholds = magnitudes.kthvalue(pruned, 1).values.reshape(-1, 1, 1);
        foreach (var layer in weights)
            layer.mul_(layer.abs().gt(thresholds));
    }
}
