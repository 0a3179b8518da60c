namespace DailyPapers.Lab.Contract;

/// <summary>A metric that seeds reported without a claim on it: shown beside the claims, never judged.</summary>
public sealed record Observation
{
    /// <summary>The metric's name.</summary>
    public required string Metric { get; init; }

    /// <summary>Raw values, one a seed.</summary>
    public required IReadOnlyList<SeedValue> Values { get; init; }

    /// <summary>Their mean.</summary>
    public required double Mean { get; init; }

    /// <summary>The 95 % interval of the mean (Student's t over seeds); null when it is undefined.</summary>
    public Interval? Interval { get; init; }
}
