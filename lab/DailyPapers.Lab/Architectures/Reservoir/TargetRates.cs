namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>Rates that units are to have in the mean.</summary>
public static class TargetRates
{
    /// <summary>The same for all.</summary>
    /// <param name="units">N.</param>
    /// <param name="rate">Strictly between 0 and 1.</param>
    public static double[] Homogeneous(int units, double rate)
    {
        double[] targets = [.. Enumerable.Repeat(rate, units)];
        Check(targets, units);
        return targets;
    }

    /// <summary>Spread evenly from <paramref name="least"/> to <paramref name="greatest"/>, in random order.</summary>
    /// <param name="units">N.</param>
    /// <param name="least">Above 0.</param>
    /// <param name="greatest">Below 1.</param>
    /// <param name="seed">The stream of the order.</param>
    public static double[] Uniform(int units, double least, double greatest, Seed seed)
    {
        double[] targets = [.. Enumerable.Range(0, units).Select(i => least + (greatest - least) * (i + 0.5) / units)];
        Check(targets, units);
        seed.Stream("targets").ToRandom().Shuffle(targets);
        return targets;
    }

    /// <summary>Independent log-normal draws, drawn anew where they are not below <paramref name="greatest"/>.</summary>
    /// <param name="units">N.</param>
    /// <param name="median">Median before that cut, above 0 and below <paramref name="greatest"/>.</param>
    /// <param name="deviation">Standard deviation of the logarithm, positive.</param>
    /// <param name="greatest">Above the median, at most 1.</param>
    /// <param name="seed">The stream of the draw.</param>
    public static double[] LogNormal(int units, double median, double deviation, double greatest, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(median);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(greatest, median);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(greatest, 1);
        var random = seed.Stream("targets").ToRandom();
        var targets = new double[units];
        for (var unit = 0; unit < units;)
        {
            var rate = median * Math.Exp(deviation * random.NextNormal());
            if (rate > 0 && rate < greatest)
                targets[unit++] = rate;
        }
        return targets;
    }

    internal static void Check(IReadOnlyList<double> targets, int units)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count != units)
            throw new ArgumentException($"Each of the {units} units needs a target rate; there are {targets.Count}.", nameof(targets));
        foreach (var target in targets)
            if (target is not (> 0 and < 1))
                throw new ArgumentException($"A target rate lies strictly between 0 and 1, unlike {target}.", nameof(targets));
    }
}
