namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>The Kullback-Leibler divergence between coins, and its inverse, which turns a measured error into a bound.</summary>
public static class BinaryKl
{
    /// <summary>kl(q‖p) = q ln(q/p) + (1 − q) ln((1 − q)/(1 − p)), in nats.</summary>
    /// <param name="q">From 0 to 1.</param>
    /// <param name="p">From 0 to 1.</param>
    /// <returns>At least 0; infinite where p rules out what q allows.</returns>
    public static double Divergence(double q, double p)
    {
        Require(q, nameof(q));
        Require(p, nameof(p));
        return Math.Max(0, Term(q, p) + Term(1 - q, 1 - p));
    }

    // #region inverse
    /// <summary>The largest p in [q, 1] with kl(q‖p) ≤ budget.</summary>
    /// <param name="q">The measured error, from 0 to 1.</param>
    /// <param name="budget">In nats, at least 0.</param>
    public static double UpperInverse(double q, double budget)
    {
        Require(q, nameof(q));
        ArgumentOutOfRangeException.ThrowIfNegative(budget);
        // The divergence rises with p from 0 at p = q; sixty halvings reach the last digit.
        var (low, high) = (q, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Divergence(q, middle) <= budget)
                low = middle;
            else
                high = middle;
        }
        return high;
    }
    // #endregion inverse

    private static double Term(double x, double y) => x == 0 ? 0 : y == 0 ? double.PositiveInfinity : x * Math.Log(x / y);

    private static void Require(double probability, string name)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(name, probability, "A probability lies between 0 and 1.");
    }
}
