using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Reading;

/// <summary>A person's reading list.</summary>
internal sealed class ReadingPersonalData : IPersonalData
{
    public string Name => "reading";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        (await db.ReadingEntries.AsNoTracking()
            .Where(e => e.AccountId == accountId)
            .Join(db.Papers, e => e.PaperId, p => p.Id, (e, p) => new { e.State, e.ChangedAt, p.Key, p.Title })
            .OrderBy(e => e.ChangedAt)
            .ToListAsync(cancellationToken))
        .ConvertAll(e => new { State = e.State.ToString(), e.ChangedAt, e.Key, e.Title });

    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        db.ReadingEntries.Where(e => e.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
}
