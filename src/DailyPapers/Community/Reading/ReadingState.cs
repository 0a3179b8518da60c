namespace DailyPapers.Community.Reading;

/// <summary>Where a person is with a paper.</summary>
public enum ReadingState
{
    /// <summary>Saved to be read later.</summary>
    Later,

    /// <summary>Read.</summary>
    Read,
}
