namespace DailyPapers.Search;

/// <summary>How a catch-up of the index ended.</summary>
public enum CatchUpOutcome
{
    /// <summary>The index reflects everything the database held.</summary>
    Current,

    /// <summary>Another process writes the index and keeps it current.</summary>
    WrittenElsewhere,

    /// <summary>The index cannot be written now; the log says why. It is tried again.</summary>
    Unavailable,
}
