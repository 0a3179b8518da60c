using DailyPapers.Community.Following;
using DailyPapers.Community.Reading;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Recommending;

/// <summary>What a person has shown to like.</summary>
/// <param name="Liked">The papers, the last first, each once.</param>
/// <param name="Follows">What the person follows.</param>
internal sealed record Signals(IReadOnlyList<LikedPaper> Liked, IReadOnlyList<Follow> Follows)
{
    /// <summary>Older signs than these are forgotten: tastes change.</summary>
    public const int MostPapers = 300;

    public bool IsEmpty => Liked.Count == 0 && Follows.Count == 0;

    public static async Task<Signals> ReadAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        var upvoted = await db.Upvotes.AsNoTracking()
            .Where(u => u.AccountId == accountId)
            .OrderByDescending(u => u.CreatedAt).Take(MostPapers)
            .Select(u => new { u.PaperId, u.CreatedAt })
            .ToListAsync(cancellationToken);
        var collected = await db.CollectionEntries.AsNoTracking()
            .Where(e => db.Collections.Any(c => c.Id == e.CollectionId && c.AccountId == accountId))
            .OrderByDescending(e => e.AddedAt).Take(MostPapers)
            .Select(e => new { e.PaperId, e.AddedAt })
            .ToListAsync(cancellationToken);
        var reading = await db.ReadingEntries.AsNoTracking()
            .Where(e => e.AccountId == accountId)
            .OrderByDescending(e => e.ChangedAt).Take(MostPapers)
            .ToListAsync(cancellationToken);
        var follows = await db.Follows.AsNoTracking().Where(f => f.AccountId == accountId).OrderBy(f => f.Id).ToListAsync(cancellationToken);

        var liked = upvoted.Select(u => new LikedPaper(u.PaperId, LikedKind.Upvoted, u.CreatedAt))
            .Concat(collected.Select(e => new LikedPaper(e.PaperId, LikedKind.Collected, e.AddedAt)))
            .Concat(reading.Select(e => new LikedPaper(e.PaperId, e.State is ReadingState.Later ? LikedKind.Saved : LikedKind.Read, e.ChangedAt)))
            .GroupBy(sign => sign.PaperId)
            .Select(same => same.MinBy(sign => sign.Kind)! with { At = same.Max(sign => sign.At) })
            .OrderByDescending(sign => sign.At).ThenByDescending(sign => sign.PaperId)
            .Take(MostPapers)
            .ToList();
        return new Signals(liked, follows);
    }

    /// <summary>The papers the person has done something with at any time: none of them is news.</summary>
    public static async Task<IReadOnlySet<long>> ActedUponAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        await db.Upvotes.Where(u => u.AccountId == accountId).Select(u => u.PaperId)
            .Union(db.ReadingEntries.Where(e => e.AccountId == accountId).Select(e => e.PaperId))
            .Union(db.CollectionEntries.Where(e => db.Collections.Any(c => c.Id == e.CollectionId && c.AccountId == accountId)).Select(e => e.PaperId))
            .ToHashSetAsync(cancellationToken);
}
