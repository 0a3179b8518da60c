namespace DailyPapers.Community.Moderation.Filters;

/// <summary>A pattern that comments are looked through for.</summary>
public sealed class WordFilter
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int LongestPattern = 200;

    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>What to look for.</summary>
    public required string Pattern { get; set; }

    /// <summary>How it is read.</summary>
    public FilterKind Kind { get; set; }

    /// <summary>What happens to what it finds.</summary>
    public FilterAction Action { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}
