using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.WideNet;

/// <summary>The order in which tokens are gathered so that each expert's lie together, those beyond its capacity left out.</summary>
public sealed class ExpertDispatch
{
    private ExpertDispatch(long[] tokens, long[] slots, int[] counts, int dropped) => (Tokens, Slots, Counts, Dropped) = (tokens, slots, counts, dropped);

    /// <summary>Token numbers, expert by expert.</summary>
    public IReadOnlyList<long> Tokens { get; }

    /// <summary>Where each one's weight lies in the flattened (tokens, k) weights.</summary>
    public IReadOnlyList<long> Slots { get; }

    /// <summary>Tokens that each expert gets.</summary>
    public IReadOnlyList<int> Counts { get; }

    /// <summary>Choices that found their expert full.</summary>
    public int Dropped { get; }

    /// <summary>Tokens an expert may get: C k tokens / E, rounded up.</summary>
    /// <param name="factor">C, not negative.</param>
    /// <param name="tokens">Tokens in the batch.</param>
    /// <param name="k">Experts a token.</param>
    /// <param name="experts">E.</param>
    public static int Capacity(double factor, long tokens, long k, long experts) => (int)Math.Min(tokens, Math.Ceiling(factor * k * tokens / experts));

    // #region dispatch
    /// <summary>Orders the choices by expert. All first choices come before any second one, and tokens before later ones, so the last are dropped.</summary>
    /// <param name="index">Experts of each token, (tokens, k), 64-bit integers.</param>
    /// <param name="experts">E.</param>
    /// <param name="capacity">The most tokens an expert gets; null for any number.</param>
    public static ExpertDispatch Of(Tensor index, int experts, int? capacity)
    {
        TensorShape.Require(index, nameof(index), TensorShape.Any, TensorShape.Any);
        var (tokens, k) = ((int)index.shape[0], (int)index.shape[1]);
        using var onCpu = index.cpu().contiguous();
        var chosen = onCpu.data<long>().ToArray();
        var counts = new int[experts];
        foreach (var expert in chosen)
            counts[expert]++;
        var (starts, kept) = (new int[experts], 0);
        for (var expert = 0; expert < experts; expert++)
        {
            starts[expert] = kept;
            counts[expert] = Math.Min(counts[expert], capacity ?? int.MaxValue);
            kept += counts[expert];
        }
        var (rows, slots, filled) = (new long[kept], new long[kept], new int[experts]);
        for (var choice = 0; choice < k; choice++)
            for (var token = 0; token < tokens; token++)
            {
                var slot = token * k + choice;
                var expert = chosen[slot];
                if (filled[expert] == counts[expert])
                    continue;
                var place = starts[expert] + filled[expert]++;
                (rows[place], slots[place]) = (token, slot);
            }
        return new(rows, slots, counts, chosen.Length - kept);
    }
    // #endregion dispatch
}
