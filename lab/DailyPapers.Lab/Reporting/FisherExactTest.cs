namespace DailyPapers.Lab.Reporting;

/// <summary>Fisher's exact test: whether two shares of successes differ, with no approximation, so that it holds for a handful of trials.</summary>
/// <remarks>Given both groups' sizes and all successes, those of the first group are hypergeometric when the groups do not differ.</remarks>
public static class FisherExactTest
{
    /// <summary>P(the first group has at least this many of all successes).</summary>
    /// <param name="successes">Successes of the first group.</param>
    /// <param name="failures">Failures of the first group.</param>
    /// <param name="otherSuccesses">Successes of the second group.</param>
    /// <param name="otherFailures">Failures of the second group.</param>
    public static double Greater(int successes, int failures, int otherSuccesses, int otherFailures)
    {
        var (least, probabilities) = Hypergeometric(successes, failures, otherSuccesses, otherFailures);
        return Math.Min(1, probabilities.Skip(successes - least).Sum());
    }

    /// <summary>The two-sided p-value: the probability of all tables that are no likelier than the one seen.</summary>
    /// <param name="successes">Successes of the first group.</param>
    /// <param name="failures">Failures of the first group.</param>
    /// <param name="otherSuccesses">Successes of the second group.</param>
    /// <param name="otherFailures">Failures of the second group.</param>
    public static double TwoSided(int successes, int failures, int otherSuccesses, int otherFailures)
    {
        var (least, probabilities) = Hypergeometric(successes, failures, otherSuccesses, otherFailures);
        // Mirrored tables are equally likely, but not to the last bit.
        var seen = probabilities[successes - least] * (1 + 1e-9);
        return Math.Min(1, probabilities.Where(probability => probability <= seen).Sum());
    }

    /// <summary>The probabilities of all tables with these margins, from the least possible count of the first group's successes on.</summary>
    private static (int Least, double[] Probabilities) Hypergeometric(int successes, int failures, int otherSuccesses, int otherFailures)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfNegative(failures);
        ArgumentOutOfRangeException.ThrowIfNegative(otherSuccesses);
        ArgumentOutOfRangeException.ThrowIfNegative(otherFailures);
        int group = successes + failures, all = successes + otherSuccesses, total = group + otherSuccesses + otherFailures;
        int least = Math.Max(0, all - (total - group)), most = Math.Min(all, group);
        var logarithms = LogFactorials(total);
        double Choose(int n, int k) => logarithms[n] - logarithms[k] - logarithms[n - k];
        return (least, [.. Enumerable.Range(least, most - least + 1)
            .Select(k => Math.Exp(Choose(all, k) + Choose(total - all, group - k) - Choose(total, group)))]);
    }

    private static double[] LogFactorials(int most)
    {
        var logarithms = new double[most + 1];
        for (var n = 1; n <= most; n++)
            logarithms[n] = logarithms[n - 1] + Math.Log(n);
        return logarithms;
    }
}
