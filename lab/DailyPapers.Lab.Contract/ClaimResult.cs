namespace DailyPapers.Lab.Contract;

/// <summary>What the seeds measured for one claim, and the verdict that follows.</summary>
public sealed record ClaimResult
{
    /// <summary>The claim, as declared.</summary>
    public required Claim Claim { get; init; }

    /// <summary>Raw values, one a seed.</summary>
    public required IReadOnlyList<SeedValue> Values { get; init; }

    /// <summary>Their mean; null when there are none.</summary>
    public double? Mean { get; init; }

    /// <summary>The 95 % interval of the mean (Student's t over seeds); null when it is undefined.</summary>
    public Interval? Interval { get; init; }

    /// <summary>The verdict, by <see cref="VerdictRule"/>.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Note { get; init; }
}
