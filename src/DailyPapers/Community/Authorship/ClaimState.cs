namespace DailyPapers.Community.Authorship;

/// <summary>Where a claim of authorship is.</summary>
public enum ClaimState
{
    /// <summary>Waits for a curator.</summary>
    Pending,

    /// <summary>A curator is convinced.</summary>
    Confirmed,

    /// <summary>A curator is not convinced.</summary>
    Refused,
}
