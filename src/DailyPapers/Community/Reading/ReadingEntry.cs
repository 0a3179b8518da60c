namespace DailyPapers.Community.Reading;

/// <summary>A paper that a person saved for later or has read. Only the person sees it.</summary>
public sealed class ReadingEntry
{
    /// <summary>Who.</summary>
    public required long AccountId { get; set; }

    /// <summary>What.</summary>
    public required long PaperId { get; set; }

    /// <summary>Where the person is with it.</summary>
    public required ReadingState State { get; set; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset ChangedAt { get; set; }
}
