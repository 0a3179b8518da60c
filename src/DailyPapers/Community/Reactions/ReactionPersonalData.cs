using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Reactions;

/// <summary>A person's reactions.</summary>
internal sealed class ReactionPersonalData : IPersonalData
{
    public string Name => "reactions";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        (await db.Reactions.AsNoTracking().Where(r => r.AccountId == accountId).OrderBy(r => r.CreatedAt).ToListAsync(cancellationToken))
            .Select(r => new { r.CreatedAt, Comment = r.CommentId, Reaction = r.Kind.ToString() }).ToList();

    public async Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        await db.Reactions.Where(r => r.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
    }
}
