namespace DailyPapers.Search;

/// <summary>The order of search hits.</summary>
public enum SearchSort
{
    /// <summary>Best match first.</summary>
    Relevance,

    /// <summary>Newest publication first.</summary>
    Newest,

    /// <summary>Oldest publication first.</summary>
    Oldest,

    /// <summary>Most upvotes first.</summary>
    Upvotes,
}
