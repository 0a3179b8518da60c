namespace DailyPapers.Papers;

/// <summary>One version of a paper at its source.</summary>
public sealed record PaperVersion
{
    /// <summary>1 for the first version.</summary>
    public required int Number { get; init; }

    /// <summary>When the version was submitted, if the source says so.</summary>
    public DateTimeOffset? Submitted { get; init; }

    /// <summary>The size or comment the source gave, such as <c>512kb</c>.</summary>
    public string? Note { get; init; }
}
