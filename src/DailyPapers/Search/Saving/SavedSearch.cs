namespace DailyPapers.Search.Saving;

/// <summary>A search that a person keeps to run again, or to follow as a feed.</summary>
public sealed class SavedSearch
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 80;

    /// <summary>The longest query string, in characters.</summary>
    public const int LongestQuery = 1_500;

    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>Whose it is.</summary>
    public required long AccountId { get; set; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>The search as the query string of the search page, in its one spelling.</summary>
    public required string Query { get; set; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}
