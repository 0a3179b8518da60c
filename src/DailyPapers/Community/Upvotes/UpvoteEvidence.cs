using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Upvotes;

/// <summary>Upvotes show that somebody reads. Nobody accepts or rejects them, so they count up to a regular account and no further.</summary>
internal sealed class UpvoteEvidence : ITrustEvidence
{
    private const int Most = 10;

    public async Task<TrustEvidence> ReadAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        new(Math.Min(Most, await db.Upvotes.CountAsync(u => u.AccountId == accountId, cancellationToken)), 0);
}
