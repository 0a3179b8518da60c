using DailyPapers.Community.Authorship;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Submissions;
using DailyPapers.Papers;
using DailyPapers.Reproductions;
using DailyPapers.Search;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Pages.Papers;

/// <summary>Gathers what a paper's page shows.</summary>
internal sealed class PaperPageReader(
    IDbContextFactory<PapersDb> contexts, ReproductionLibrary reproductions, PaperSearch search, CommentReader comments, AuthorshipClaims claims,
    ShippedDeclarations declarations)
{
    private const int SimilarCount = 6;

    public async Task<PaperPageModel> ReadAsync(Paper paper, long? readerId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var dates = await db.Editions.AsNoTracking()
            .Where(e => e.Entries.Any(entry => entry.PaperId == paper.Id))
            .OrderBy(e => e.Date)
            .Select(e => e.Date)
            .ToListAsync(cancellationToken);
        var submitter = await db.Submissions.AsNoTracking()
            .Where(s => s.PaperId == paper.Id && s.State == SubmissionState.Accepted)
            .OrderBy(s => s.SubmittedAt)
            .Select(s => s.SubmitterName)
            .FirstOrDefaultAsync(cancellationToken);
        return new PaperPageModel(
            paper,
            dates,
            submitter,
            paper.LabSlug is { } slug ? await reproductions.NewestAsync(slug, cancellationToken) : null,
            await search.SimilarAsync(paper.Id, SimilarCount, cancellationToken),
            await comments.ReadAsync(paper.Id, readerId, cancellationToken))
        {
            Declaration = paper.LabSlug is { } lab ? declarations.Find(lab) : null,
            ConfirmedAuthors = await claims.ConfirmedAsync(paper.Id, cancellationToken),
        };
    }
}
