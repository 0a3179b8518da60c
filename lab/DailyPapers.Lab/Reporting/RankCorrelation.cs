namespace DailyPapers.Lab.Reporting;

/// <summary>How alike two orders are.</summary>
public static class RankCorrelation
{
    /// <summary>Spearman's rho: Pearson's correlation of the ranks, ties sharing the mean of theirs.</summary>
    /// <returns>From -1 to 1; NaN when one side is constant, since it has no order.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are fewer than two pairs, or a value is NaN.</exception>
    public static double Spearman(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(ys);
        if (xs.Count != ys.Count || xs.Count < 2)
            throw new ArgumentException($"A rank correlation needs at least two pairs; there are {xs.Count} and {ys.Count} values.", nameof(ys));
        if (xs.Any(double.IsNaN) || ys.Any(double.IsNaN))
            throw new ArgumentException("NaN has no rank; leave such pairs out.", nameof(xs));
        return Pearson(Ranks(xs), Ranks(ys));
    }

    /// <summary>Ranks from 1 for the smallest; equal values share the mean of their ranks.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var first = 0; first < order.Length;)
        {
            var last = first;
            while (last + 1 < order.Length && values[order[last + 1]] == values[order[first]])
                last++;
            for (var place = first; place <= last; place++)
                ranks[order[place]] = (first + last) / 2.0 + 1;
            first = last + 1;
        }
        return ranks;
    }

    private static double Pearson(double[] xs, double[] ys)
    {
        double meanX = xs.Average(), meanY = ys.Average(), xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < xs.Length; i++)
        {
            double dx = xs[i] - meanX, dy = ys[i] - meanY;
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }
        return xy / Math.Sqrt(xx * yy);
    }
}
