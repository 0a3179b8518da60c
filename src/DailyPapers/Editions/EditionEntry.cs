using DailyPapers.Papers;

namespace DailyPapers.Editions;

/// <summary>A paper's place in an edition.</summary>
public sealed class EditionEntry
{
    /// <summary>The edition.</summary>
    public long EditionId { get; set; }

    /// <summary>The paper; at most once in an edition.</summary>
    public long PaperId { get; set; }

    /// <summary>0 for the first paper.</summary>
    public int Position { get; set; }

    /// <summary>The paper, when loaded.</summary>
    public Paper? Paper { get; set; }
}
