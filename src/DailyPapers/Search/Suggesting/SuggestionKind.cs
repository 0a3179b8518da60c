namespace DailyPapers.Search.Suggesting;

/// <summary>What a suggestion leads to.</summary>
public enum SuggestionKind
{
    /// <summary>A paper.</summary>
    Paper,

    /// <summary>The papers of an author.</summary>
    Author,

    /// <summary>The papers with a keyword.</summary>
    Keyword,

    /// <summary>A search for the words as completed.</summary>
    Words,
}
