namespace DailyPapers.Search;

/// <summary>What a search goes by.</summary>
public enum SearchMode
{
    /// <summary>Words and meaning together.</summary>
    Hybrid,

    /// <summary>The words alone: every hit has all of them.</summary>
    Lexical,

    /// <summary>The meaning alone: hits need none of the words.</summary>
    Semantic,
}
