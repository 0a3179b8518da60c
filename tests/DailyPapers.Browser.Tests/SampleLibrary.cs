using DailyPapers.Community.Accounts;
using DailyPapers.Community.Authorship;
using DailyPapers.Community.Collections;
using DailyPapers.Community.Following;
using DailyPapers.Community.Profiles;
using DailyPapers.Community.Reading;
using DailyPapers.Community.Upvotes;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Browser.Tests;

/// <summary>What people did with papers, for the pages that show it: Grace in public, the signed-in reader for themselves.</summary>
internal static class SampleLibrary
{
    /// <summary>The signed-in reader's collection: a number that no other test's collection has.</summary>
    public const long OwnCollection = 4711;

    public static async Task AddAsync(RunningService service, CancellationToken cancellationToken)
    {
        long grace, curator;
        await using (var db = await service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken))
        {
            var accounts = new[] { Person("Grace Sample", "grace-sample"), Person("Cu Rator", "cu-rator") };
            db.Users.AddRange(accounts);
            await db.SaveChangesAsync(cancellationToken);
            (grace, curator) = (accounts[0].Id, accounts[1].Id);
        }
        var papers = await PapersAsync(service, cancellationToken);
        var writer = service.Get<CollectionWriter>();
        var shelf = (await writer.CreateAsync(grace, new("Shelf of old and new papers", "Where to begin, and what came of it.", IsPublic: true), cancellationToken)).Collection!.Id;
        foreach (var paper in papers)
            await writer.AddAsync(grace, shelf, paper, $"Read this for its method.\nThe appendix has what matters.", cancellationToken);
        await service.Get<ProfileWriter>().SaveAsync(grace, "I work on what models never learn.", showsUpvotes: true, cancellationToken);
        await service.Get<Upvoting>().SetAsync(grace, papers[2], wanted: true, cancellationToken);
        var claims = service.Get<AuthorshipClaims>();
        await claims.MakeAsync(grace, papers[1], "Grace Sample", "My page", cancellationToken);
        await claims.DecideAsync(curator, (await claims.OnAsync(grace, papers[1], cancellationToken))!.Id, isConfirmed: true, reason: null, cancellationToken);
    }

    public static async Task AddOfAsync(RunningService service, string email, CancellationToken cancellationToken)
    {
        await using var db = await service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken);
        var account = await db.Users.Where(a => a.Email == email).Select(a => a.Id).SingleAsync(cancellationToken);
        var papers = await PapersAsync(service, cancellationToken);
        var writer = service.Get<CollectionWriter>();
        db.Collections.Add(new Collection { Id = OwnCollection, AccountId = account, Name = "Mine", Slug = "mine", CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync(cancellationToken);
        await writer.AddAsync(account, OwnCollection, papers[0], "To be read again.", cancellationToken);
        await writer.AddAsync(account, OwnCollection, papers[1], null, cancellationToken);
        await service.Get<ReadingList>().SetAsync(account, papers[2], ReadingState.Later, cancellationToken);
        await service.Get<Follows>().AddAsync(account, FollowKind.Author, "Ada Example", cancellationToken);
        await service.Get<Follows>().AddAsync(account, FollowKind.Category, "cs.LG", cancellationToken);
        await service.Get<AuthorshipClaims>().MakeAsync(account, papers[2], "Ada Example", "My page", cancellationToken);
    }

    private static Account Person(string name, string handle) => new()
    {
        DisplayName = name,
        Handle = handle,
        UserName = $"{handle}@example.org",
        CreatedAt = new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private static async Task<List<long>> PapersAsync(RunningService service, CancellationToken cancellationToken)
    {
        await using var db = await service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken);
        string[] keys = [SampleContent.OldStylePaper, SampleContent.PaperWithReproduction, SampleContent.PaperWithoutReproduction];
        var ids = await db.Papers.Where(p => EF.Parameter(keys).Contains(p.Key)).ToDictionaryAsync(p => p.Key, p => p.Id, cancellationToken);
        return keys.Select(key => ids[key]).ToList();
    }
}
