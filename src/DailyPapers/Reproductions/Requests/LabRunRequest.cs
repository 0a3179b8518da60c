using DailyPapers.Lab.Contract;

namespace DailyPapers.Reproductions.Requests;

/// <summary>A run that somebody asked for on the site.</summary>
public sealed class LabRunRequest
{
    /// <summary>The longest text of why it failed.</summary>
    public const int LongestError = 1000;

    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>The name the lab knows the paper by.</summary>
    public required string LabSlug { get; set; }

    /// <summary>Which budget.</summary>
    public RunMode Mode { get; set; }

    /// <summary>Parameters that differ from the mode's own, as typed.</summary>
    public required Dictionary<string, string> Parameters { get; set; }

    /// <summary>Who asked; null when the account is gone.</summary>
    public long? RequestedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset RequestedAt { get; set; }

    /// <summary>Where it stands.</summary>
    public LabRunState State { get; set; }

    /// <summary>How much is done, 0 to 1.</summary>
    public double Fraction { get; set; }

    /// <summary>What is being done, in the runner's words.</summary>
    public string? Stage { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The run it became.</summary>
    public long? RunId { get; set; }

    /// <summary>Whether it still waits for a result.</summary>
    public bool IsOpen => State is LabRunState.Waiting or LabRunState.Running or LabRunState.Stopping;
}
