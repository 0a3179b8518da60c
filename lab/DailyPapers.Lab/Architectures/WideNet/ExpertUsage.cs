using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.WideNet;

/// <summary>How often experts are chosen, and how different that is between depths.</summary>
public static class ExpertUsage
{
    /// <summary>The share of all choices that goes to each expert.</summary>
    /// <param name="index">Experts of each token, (tokens, k), 64-bit integers.</param>
    /// <param name="experts">E.</param>
    public static double[] Shares(Tensor index, int experts)
    {
        ArgumentNullException.ThrowIfNull(index);
        using var counts = index.flatten().bincount(null, experts);
        using var shares = counts.to(float64) / counts.sum();
        return shares.cpu().data<double>().ToArray();
    }

    /// <summary>The Jensen–Shannon divergence of two distributions in bits, from 0 to 1.</summary>
    /// <exception cref="ArgumentException">They have different lengths.</exception>
    public static double JensenShannon(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
            throw new ArgumentException($"Both distributions are over the same experts; these are over {first.Count} and {second.Count}.", nameof(second));
        var sum = 0.0;
        for (var i = 0; i < first.Count; i++)
        {
            var middle = (first[i] + second[i]) / 2;
            sum += Term(first[i], middle) + Term(second[i], middle);
        }
        return sum / 2;

        static double Term(double share, double middle) => share > 0 ? share * Math.Log2(share / middle) : 0;
    }

    /// <summary>The mean divergence over all pairs of depths; 0 for a single depth.</summary>
    /// <param name="shares">Shares by depth and expert.</param>
    public static double MeanJensenShannon(IReadOnlyList<double[]> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < shares.Count; i++)
            for (var j = i + 1; j < shares.Count; j++, pairs++)
                sum += JensenShannon(shares[i], shares[j]);
        return pairs == 0 ? 0 : sum / pairs;
    }
}
