using DailyPapers.Storage;

namespace DailyPapers.Community.Auditing;

/// <summary>Writes the audit log. An entry goes into the transaction of what it records, so neither exists without the other.</summary>
public static class AuditTrail
{
    internal const int LongestDetail = 1000;

    /// <summary>Adds an entry to the changes of <paramref name="db"/>; it is saved with them.</summary>
    /// <param name="db">The context of the change.</param>
    /// <param name="actorId">Who does it; null for the service itself.</param>
    /// <param name="action">Area and verb, such as <c>comment.delete</c>.</param>
    /// <param name="subject">Kind and id, such as <c>comment:12</c>.</param>
    /// <param name="at">When.</param>
    /// <param name="detail">The reason or the change; what is longer than the log keeps is cut.</param>
    public static void Record(this PapersDb db, long? actorId, string action, string subject, DateTimeOffset at, string? detail = null) =>
        db.AuditEntries.Add(new AuditEntry
        {
            At = at,
            ActorId = actorId,
            Action = action,
            Subject = subject,
            Detail = detail is { Length: > LongestDetail } ? detail[..(LongestDetail - 1)] + "…" : detail,
        });
}
