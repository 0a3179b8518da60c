using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Upvotes;

/// <summary>Reads from the database what the weight of a vote depends on.</summary>
internal static class VoteWeighing
{
    private const int VotesLookedAt = 200;
    private const int VotersLookedAt = 500;

    /// <summary>The weight that the account's vote for the paper has if it is given now.</summary>
    public static async Task<double> OfAsync(PapersDb db, long accountId, long paperId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var made = await db.Users.Where(a => a.Id == accountId).Select(a => a.CreatedAt).SingleAsync(cancellationToken);
        var own = await db.Upvotes.AsNoTracking()
            .Where(u => u.AccountId == accountId && u.PaperId != paperId)
            .OrderByDescending(u => u.CreatedAt)
            .Select(u => u.PaperId)
            .Take(VotesLookedAt)
            .ToArrayAsync(cancellationToken);
        var voters = await db.Upvotes.AsNoTracking()
            .Where(u => u.PaperId == paperId && u.AccountId != accountId)
            .OrderByDescending(u => u.CreatedAt)
            .Take(VotersLookedAt)
            .Join(db.Users, u => u.AccountId, a => a.Id, (u, a) => new { a.Id, a.CreatedAt })
            .ToListAsync(cancellationToken);

        var ids = voters.Select(v => v.Id).ToArray();
        var votes = await CountAsync(db.Upvotes.Where(u => EF.Parameter(ids).Contains(u.AccountId) && u.PaperId != paperId), cancellationToken);
        var shared = await CountAsync(db.Upvotes.Where(u => EF.Parameter(ids).Contains(u.AccountId) && EF.Parameter(own).Contains(u.PaperId)), cancellationToken);
        return VoteWeight.Of(now - made, own.Length, voters.Select(v => new Voter(
            now - v.CreatedAt,
            v.CreatedAt - made,
            Math.Max(Math.Min(votes.GetValueOrDefault(v.Id), VotesLookedAt), shared.GetValueOrDefault(v.Id)),
            shared.GetValueOrDefault(v.Id))));
    }

    private static Task<Dictionary<long, int>> CountAsync(IQueryable<Upvote> votes, CancellationToken cancellationToken) =>
        votes.GroupBy(u => u.AccountId).Select(same => new { same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Key, same => same.Count, cancellationToken);
}
