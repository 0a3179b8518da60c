namespace DailyPapers.Sources;

/// <summary>Where a harvest stands, written in the same transaction as the papers it brought.</summary>
public sealed class SourceCursor
{
    /// <summary>The source and its selection, such as <c>arxiv-oai:cs:cs:LG</c>.</summary>
    public required string Key { get; set; }

    /// <summary>The source's own state as JSON.</summary>
    public required string State { get; set; }

    /// <summary>When the state was written.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
