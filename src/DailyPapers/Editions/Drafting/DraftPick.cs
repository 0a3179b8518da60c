using DailyPapers.Papers;

namespace DailyPapers.Editions.Drafting;

/// <summary>A paper's place in a draft.</summary>
public sealed class DraftPick
{
    /// <summary>The longest note, in characters.</summary>
    public const int LongestNote = 500;

    /// <summary>The draft.</summary>
    public long DraftId { get; set; }

    /// <summary>The paper; at most once in a draft.</summary>
    public long PaperId { get; set; }

    /// <summary>0 for the first paper.</summary>
    public int Position { get; set; }

    /// <summary>A note among curators.</summary>
    public string? Note { get; set; }

    /// <summary>The paper, when loaded.</summary>
    public Paper? Paper { get; set; }
}
