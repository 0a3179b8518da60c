namespace DailyPapers.Papers;

/// <summary>An author as the paper prints the name; the order of authors is their order in <see cref="Paper.Authors"/>.</summary>
public sealed record Author
{
    /// <summary>The full name, given name first.</summary>
    public required string Name { get; init; }

    /// <summary>The affiliation the source gave, if any.</summary>
    public string? Affiliation { get; init; }
}
