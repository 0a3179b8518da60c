using DailyPapers.Papers;

namespace DailyPapers.Community.Collections;

/// <summary>A paper in a collection.</summary>
public sealed class CollectionEntry
{
    /// <summary>The longest note, in characters.</summary>
    public const int LongestNote = 2_000;

    /// <summary>The collection.</summary>
    public required long CollectionId { get; set; }

    /// <summary>The paper.</summary>
    public required long PaperId { get; set; }

    /// <summary>The paper, where it was read with the entry.</summary>
    public Paper? Paper { get; set; }

    /// <summary>Its place: smaller numbers come first; there may be gaps.</summary>
    public int Position { get; set; }

    /// <summary>What the collection's owner says about the paper: plain text.</summary>
    public string? Note { get; set; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset AddedAt { get; set; }
}
