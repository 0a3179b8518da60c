namespace DailyPapers.Community.Scoring;

/// <summary>
/// A sum of things that each lose half of their weight in every half-life, kept as one number that time does not change:
/// <c>log2 Σ wᵢ · 2^(tᵢ / h)</c> with times counted from a fixed day. Its value at t is <c>2^(stored − t / h)</c>, so it is
/// never rewritten for having aged, and of two sums with the same half-life the larger stays the larger.
/// </summary>
public static class DecayedSum
{
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The sum of <paramref name="terms"/>, or null when there are none with a weight.</summary>
    public static double? Of(IEnumerable<(double Weight, DateTimeOffset At)> terms, TimeSpan halfLife)
    {
        double? sum = null;
        foreach (var (weight, at) in terms)
        {
            if (weight > 0)
                sum = Plus(sum, Math.Log2(weight) + HalfLives(at, halfLife));
        }
        return sum;
    }

    /// <summary>What a stored sum is worth at <paramref name="now"/>; nothing for null.</summary>
    public static double ValueAt(double? stored, DateTimeOffset now, TimeSpan halfLife) =>
        stored is { } sum ? Math.Pow(2, sum - HalfLives(now, halfLife)) : 0;

    private static double HalfLives(DateTimeOffset at, TimeSpan halfLife) => (at - Epoch) / halfLife;

    // The larger is taken out, or sums of this century would not fit a double.
    private static double Plus(double? sum, double term)
    {
        if (sum is not { } other)
            return term;
        var (larger, smaller) = other > term ? (other, term) : (term, other);
        return larger + Math.Log2(1 + Math.Pow(2, smaller - larger));
    }
}
