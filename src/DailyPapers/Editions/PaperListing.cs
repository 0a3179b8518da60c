using DailyPapers.Community.Submissions;
using DailyPapers.Papers;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Editions;

/// <summary>Adds to papers what lists show beside them, in a fixed number of queries whatever the length of the list.</summary>
public static class PaperListing
{
    /// <summary>Lists <paramref name="papers"/> in their order.</summary>
    public static async Task<IReadOnlyList<ListedPaper>> ListAsync(
        this PapersDb db, IReadOnlyList<(Paper Paper, DateOnly? EditionDate)> papers, CancellationToken cancellationToken)
    {
        var ids = papers.Select(p => p.Paper.Id).ToArray();
        var submitters = await db.Submissions.AsNoTracking()
            .Where(s => EF.Parameter(ids).Contains(s.PaperId) && s.State == SubmissionState.Accepted)
            .OrderBy(s => s.SubmittedAt)
            .Select(s => new { s.PaperId, s.SubmitterName })
            .ToListAsync(cancellationToken);
        var slugs = papers.Where(p => p.Paper.LabSlug is not null).Select(p => p.Paper.LabSlug!).ToArray();
        var runs = await db.ReproductionRuns.AsNoTracking()
            .Where(r => EF.Parameter(slugs).Contains(r.LabSlug))
            .OrderBy(r => r.StartedAt)
            .Select(r => new { r.LabSlug, r.Verdict })
            .ToListAsync(cancellationToken);

        var submitterOf = submitters.GroupBy(s => s.PaperId).ToDictionary(same => same.Key, same => same.First().SubmitterName);
        var verdictOf = runs.GroupBy(r => r.LabSlug).ToDictionary(same => same.Key, same => same.Last().Verdict);
        return papers
            .Select(p => new ListedPaper(
                p.Paper,
                p.EditionDate,
                submitterOf.GetValueOrDefault(p.Paper.Id),
                p.Paper.LabSlug is { } slug ? verdictOf.GetValueOrDefault(slug) : null))
            .ToList();
    }
}
