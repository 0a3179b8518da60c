namespace DailyPapers.Community.Auditing;

/// <summary>An entry of the audit log with names in place of numbers.</summary>
public sealed record AuditLine
{
    /// <summary>The entry's number.</summary>
    public required long Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Area and verb.</summary>
    public required string Action { get; init; }

    /// <summary>Kind and id of what it was done to.</summary>
    public required string Subject { get; init; }

    /// <summary>What it was done to, in words.</summary>
    public required string SubjectName { get; init; }

    /// <summary>The path of its page, if it has one.</summary>
    public string? SubjectPath { get; init; }

    /// <summary>Who; null for the service itself, or an account since deleted.</summary>
    public string? ActorName { get; init; }

    /// <summary>Their handle.</summary>
    public string? ActorHandle { get; init; }

    /// <summary>What a reader of the log needs besides.</summary>
    public string? Detail { get; init; }
}
