namespace DailyPapers.Community.Auditing;

/// <summary>One thing somebody did that changed what others see or may do. Entries are only ever added.</summary>
public sealed class AuditEntry
{
    /// <summary>Database identity; later entries have larger ones.</summary>
    public long Id { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who did it; null for the service itself, or an account since deleted.</summary>
    public long? ActorId { get; set; }

    /// <summary>What was done, as area and verb: <c>comment.delete</c>, <c>account.ban</c>, <c>edition.publish</c>.</summary>
    public required string Action { get; set; }

    /// <summary>To what, as kind and id: <c>comment:12</c>, <c>account:3</c>, <c>paper:7</c>.</summary>
    public required string Subject { get; set; }

    /// <summary>What a reader of the log needs besides: the reason given, the value before and after. Never a secret.</summary>
    public string? Detail { get; set; }
}
