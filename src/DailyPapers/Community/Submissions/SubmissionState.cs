namespace DailyPapers.Community.Submissions;

/// <summary>What became of a submission.</summary>
public enum SubmissionState
{
    /// <summary>In an edition, or imported from where it was accepted.</summary>
    Accepted,

    /// <summary>Waits for a curator.</summary>
    Queued,

    /// <summary>A curator left it out and said why.</summary>
    Declined,
}
