namespace DailyPapers.Lab.Data.ClassImbalance;

/// <summary>Two sizes of classes: a share μ of them is ρ times smaller than the others (arXiv:1710.05381, section 2).</summary>
public sealed record StepImbalance
{
    /// <summary>A step.</summary>
    /// <param name="minorityShare">μ, the share of classes that are small, from 0 to below 1.</param>
    /// <param name="ratio">ρ, size of a large class over that of a small one, at least 1.</param>
    public StepImbalance(double minorityShare, double ratio)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minorityShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(minorityShare, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ratio, 1);
        (MinorityShare, Ratio) = (minorityShare, ratio);
    }

    /// <summary>μ.</summary>
    public double MinorityShare { get; }

    /// <summary>ρ.</summary>
    public double Ratio { get; }

    /// <summary>Examples of each class; which classes are small is drawn.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="largest">Examples of a large class; a small one has at least one.</param>
    /// <param name="seed">The stream of the draw.</param>
    public int[] Counts(int classes, int largest, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, 1);
        var order = Enumerable.Range(0, classes).ToArray();
        seed.ToRandom().Shuffle(order);
        var minorities = Math.Min(classes - 1, (int)Math.Round(MinorityShare * classes));
        var counts = new int[classes];
        for (var place = 0; place < classes; place++)
            counts[order[place]] = place < minorities ? Math.Max(1, (int)Math.Round(largest / Ratio)) : largest;
        return counts;
    }
}
