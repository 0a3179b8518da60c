using DailyPapers.Community.Accounts;

namespace DailyPapers.Reproductions.Requests;

/// <summary>Who may let the service run papers, and whether this one does; section <c>Lab</c> of the settings.</summary>
public sealed class LabOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Lab";

    /// <summary>The least role that may ask for a run.</summary>
    public AccountRole RunsFrom { get; set; } = AccountRole.Curator;

    /// <summary>Whether this service computes what is asked for. A run takes its cores for minutes.</summary>
    public bool Works { get; set; } = true;

    /// <summary>The most runs that wait at a time.</summary>
    public int MostWaiting { get; set; } = 20;
}
