using DailyPapers.Papers;

namespace DailyPapers.Editions.Drafting;

/// <summary>A paper that a curator took out of a draft: the automatic choice must not bring it back into that edition.</summary>
public sealed class DroppedPaper
{
    /// <summary>The draft.</summary>
    public long DraftId { get; set; }

    /// <summary>The paper.</summary>
    public long PaperId { get; set; }

    /// <summary>The paper, when loaded.</summary>
    public Paper? Paper { get; set; }
}
