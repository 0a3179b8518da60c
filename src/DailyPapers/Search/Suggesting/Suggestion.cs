using DailyPapers.Papers;

namespace DailyPapers.Search.Suggesting;

/// <summary>Something that the person may be typing.</summary>
/// <param name="Kind">What it leads to.</param>
/// <param name="Text">A title, a name, a keyword or the completed words, and where it matches what was typed.</param>
/// <param name="Papers">How many papers have the name or keyword, or how many titles the words; 1 for a paper.</param>
public sealed record Suggestion(SuggestionKind Kind, MarkedText Text, int Papers)
{
    /// <summary>The paper, where it is one.</summary>
    public Paper? Paper { get; init; }
}
