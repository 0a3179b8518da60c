namespace DailyPapers.Lab.Contract;

/// <summary>A closed interval of the real line, ends included.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end, not below the lower.</param>
public sealed record Interval(double Lower, double Upper)
{
    /// <summary>Whether <paramref name="value"/> lies between the ends.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;
}
