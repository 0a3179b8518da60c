using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Moderation.Reports;

/// <summary>What a person reported.</summary>
internal sealed class ReportPersonalData : IPersonalData
{
    public string Name => "reports";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        (await db.CommentReports.AsNoTracking().Where(r => r.ReporterId == accountId).OrderBy(r => r.Id).ToListAsync(cancellationToken))
            .Select(r => new { r.CreatedAt, Comment = r.CommentId, Reason = r.Reason.ToString(), r.Note, r.ResolvedAt }).ToList();

    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        db.CommentReports.Where(r => r.ReporterId == accountId).ExecuteDeleteAsync(cancellationToken);
}
