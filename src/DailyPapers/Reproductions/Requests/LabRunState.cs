namespace DailyPapers.Reproductions.Requests;

/// <summary>Where a requested run stands.</summary>
public enum LabRunState
{
    /// <summary>Its turn has not come.</summary>
    Waiting,

    /// <summary>A service computes it.</summary>
    Running,

    /// <summary>It is to be stopped, which takes a moment.</summary>
    Stopping,

    /// <summary>There is a result.</summary>
    Done,

    /// <summary>It failed; the request says why.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
