using DailyPapers.Community.Notifications;
using DailyPapers.Editions;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Following;

/// <summary>
/// Tells people that an edition has something of what they follow. It happens in the transaction that puts the papers into
/// the edition, so that it happens exactly once whatever is killed. Papers that are in no edition, and editions of earlier
/// days, as an import of a whole archive makes them, tell nobody: the page of what one follows has them.
/// </summary>
public sealed class FollowerNotices(SiteCalendar calendar, TimeProvider time)
{
    /// <summary>Papers one person is told of in twenty-four hours.</summary>
    public const int MostADay = 10;

    private const int MostPapers = 200;
    private const int MostReasons = 3;
    private const int DaysBack = 2;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Adds the notifications for papers new in the edition of a day to the changes of <paramref name="db"/>.</summary>
    public async Task TellAsync(PapersDb db, DateOnly date, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken)
    {
        if (paperIds.Count == 0 || date < calendar.Today.AddDays(-DaysBack))
            return;
        var now = time.GetUtcNow();
        var ids = paperIds.Take(MostPapers).ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var terms = ids.Select(id => (Id: id, Terms: FollowTerms.Of(papers[id]))).ToList();
        var followers = await FollowersAsync(db, terms.SelectMany(paper => paper.Terms.Select(t => t.Term)).Distinct().ToArray(), now, cancellationToken);
        if (followers.Count == 0)
            return;
        var told = await ToldAsync(db, [.. followers.Select(own => own.Key)], ids, now - Day, cancellationToken);
        foreach (var own in followers)
        {
            var left = MostADay - told[own.Key].Count(n => n.IsOfToday);
            var known = told[own.Key].Select(n => n.PaperId).ToHashSet();
            foreach (var (id, of) in terms.Where(paper => !known.Contains(paper.Id)))
            {
                if (left == 0)
                    break;
                var because = own.Where(f => of.Contains((f.Kind, f.Term))).ToList();
                if (because.Count == 0)
                    continue;
                db.Tell(new(own.Key, NotificationKind.FollowedPaper, now) { PaperId = id, Names = [.. because.Take(MostReasons).Select(NotificationSentence.NameOf)] });
                left--;
            }
        }
    }

    // Who is shut out is not told; the longest-standing follow is named first.
    private static async Task<List<IGrouping<long, Follow>>> FollowersAsync(PapersDb db, string[] terms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var follows = await db.Follows.AsNoTracking()
            .Where(f => EF.Parameter(terms).Contains(f.Term) && !db.Users.Any(a => a.Id == f.AccountId && a.BannedUntil > now))
            .OrderBy(f => f.Id)
            .ToListAsync(cancellationToken);
        return follows.GroupBy(f => f.AccountId).ToList();
    }

    private static async Task<ILookup<long, (long? PaperId, bool IsOfToday)>> ToldAsync(
        PapersDb db, long[] accounts, long[] papers, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var ids = papers.Select(id => (long?)id).ToArray();
        var told = await db.Notifications.AsNoTracking()
            .Where(n => n.Kind == NotificationKind.FollowedPaper && EF.Parameter(accounts).Contains(n.AccountId)
                && (n.CreatedAt > since || EF.Parameter(ids).Contains(n.PaperId)))
            .Select(n => new { n.AccountId, n.PaperId, IsOfToday = n.CreatedAt > since })
            .ToListAsync(cancellationToken);
        return told.ToLookup(n => n.AccountId, n => (n.PaperId, n.IsOfToday));
    }
}
