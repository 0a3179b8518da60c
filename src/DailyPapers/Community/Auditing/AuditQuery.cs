namespace DailyPapers.Community.Auditing;

/// <summary>Which entries of the audit log to read.</summary>
/// <param name="Before">Only those with a smaller number.</param>
/// <param name="Action">Only those whose action begins so: <c>comment.</c> or <c>comment.hide</c>.</param>
/// <param name="Actor">Only those of this handle.</param>
public sealed record AuditQuery(long? Before = null, string? Action = null, string? Actor = null);
