using DailyPapers.Community.Authorship;
using DailyPapers.Community.Collections;
using DailyPapers.Community.Comments;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Profiles;

/// <summary>Gathers what everybody sees of a person.</summary>
public sealed class ProfileReader(IDbContextFactory<PapersDb> contexts, CollectionReader collections, CommentReader comments)
{
    private const int MostPapers = 50;
    private const int MostComments = 20;

    /// <summary>The profile of a handle; null when nobody has it.</summary>
    public async Task<ProfileView?> FindAsync(string handle, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Handle == handle, cancellationToken) is not { } account)
            return null;
        var profile = await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == account.Id, cancellationToken);
        var authored = db.AuthorshipClaims.Where(c => c.AccountId == account.Id && c.State == ClaimState.Confirmed)
            .Join(db.Papers, c => c.PaperId, p => p.Id, (c, p) => p)
            .OrderByDescending(p => p.Published).ThenByDescending(p => p.Id);
        var submitted = db.Submissions.Where(s => s.AccountId == account.Id)
            .Join(db.Papers, s => s.PaperId, p => p.Id, (s, p) => new { s.SubmittedAt, Paper = p })
            .OrderByDescending(s => s.SubmittedAt).ThenByDescending(s => s.Paper.Id)
            .Select(s => s.Paper);
        var upvoted = db.Upvotes.Where(u => u.AccountId == account.Id)
            .Join(db.Papers, u => u.PaperId, p => p.Id, (u, p) => new { u.CreatedAt, Paper = p })
            .OrderByDescending(u => u.CreatedAt).ThenByDescending(u => u.Paper.Id)
            .Select(u => u.Paper);
        var commented = db.Comments.AsNoTracking().Where(c => c.AuthorId == account.Id && c.State == CommentState.Visible).OrderByDescending(c => c.Id).Take(MostComments);
        return new ProfileView(
            account.Id,
            handle,
            account.DisplayName,
            profile?.About,
            account.CreatedAt,
            await ListAsync(authored),
            await ListAsync(submitted),
            await collections.ListPublicOfAsync(account.Id, cancellationToken),
            await comments.ListAsync(db, commented, cancellationToken),
            profile is { ShowsUpvotes: true } ? await ListAsync(upvoted) : null);

        async Task<IReadOnlyList<ListedPaper>> ListAsync(IQueryable<Paper> papers) =>
            await db.ListAsync((await papers.AsNoTracking().Take(MostPapers).ToListAsync(cancellationToken)).ConvertAll(paper => (paper, (DateOnly?)null)), cancellationToken);
    }
}
