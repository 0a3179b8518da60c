using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Collections;

/// <summary>A person's collections.</summary>
internal sealed class CollectionPersonalData : IPersonalData
{
    public string Name => "collections";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        await db.Collections.AsNoTracking()
            .Where(c => c.AccountId == accountId)
            .OrderBy(c => c.Id)
            .Select(c => new
            {
                c.Name,
                c.Description,
                c.IsPublic,
                c.CreatedAt,
                c.UpdatedAt,
                Papers = c.Entries.OrderBy(e => e.Position).Select(e => new { e.Paper!.Key, e.Paper.Title, e.Note, e.AddedAt }).ToList(),
            })
            .ToListAsync(cancellationToken);

    public async Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        await db.CollectionEntries.Where(e => db.Collections.Any(c => c.Id == e.CollectionId && c.AccountId == accountId)).ExecuteDeleteAsync(cancellationToken);
        await db.Collections.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
    }
}
