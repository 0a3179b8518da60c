namespace DailyPapers.Lab.Data.ClassImbalance;

/// <summary>Sizes of classes that grow in equal steps, the largest ρ times the smallest (arXiv:1710.05381, section 2).</summary>
public sealed record LinearImbalance
{
    /// <summary>A ramp.</summary>
    /// <param name="ratio">ρ, size of the largest class over that of the smallest, at least 1.</param>
    public LinearImbalance(double ratio)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ratio, 1);
        Ratio = ratio;
    }

    /// <summary>ρ.</summary>
    public double Ratio { get; }

    /// <summary>Examples of each class; the order of the classes is drawn.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="largest">Examples of the largest class; the smallest has at least one.</param>
    /// <param name="seed">The stream of the draw.</param>
    public int[] Counts(int classes, int largest, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, 1);
        var order = Enumerable.Range(0, classes).ToArray();
        seed.ToRandom().Shuffle(order);
        var smallest = largest / Ratio;
        var counts = new int[classes];
        for (var place = 0; place < classes; place++)
            counts[order[place]] = Math.Max(1, (int)Math.Round(smallest + (largest - smallest) * place / (classes - 1)));
        return counts;
    }
}
