using DailyPapers.Community.Moderation.Reports;

namespace DailyPapers.Community.Moderation;

/// <summary>A report as a curator reads it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Note">What the reporter adds.</param>
/// <param name="ReporterName">Who reports.</param>
/// <param name="At">When.</param>
public sealed record QueuedReport(ReportReason Reason, string? Note, string ReporterName, DateTimeOffset At);
