using DailyPapers.Community.Scoring;
using DailyPapers.Community.Submissions;
using DailyPapers.Papers;
using DailyPapers.Search.Vectors;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Editions.Drafting;

/// <summary>Ranks the papers that may go into the next edition: recent or submitted ones that were in none.</summary>
public sealed class EditionCandidates(
    IDbContextFactory<PapersDb> contexts, PaperScoring scoring, SimilarPapers similar, SiteCalendar calendar, IOptions<EditionOptions> options, TimeProvider time)
{
    // Of a harvest of many months the newest are looked at.
    private const int MostRanked = 5_000;

    /// <summary>The candidates by score, and how many there are.</summary>
    public async Task<(IReadOnlyList<EditionCandidate> Candidates, int Total)> ReadAsync(
        DateOnly date, CandidateFilter filter, int offset, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ranked = await RankAsync(db, date, filter, cancellationToken);
        var page = ranked.Skip(offset).Take(count).ToList();
        return (await LoadAsync(db, date, page, cancellationToken), ranked.Count);
    }

    /// <summary>
    /// The candidates that may come into the edition of <paramref name="date"/> without a curator's word, with their scores, the best
    /// first: not those that a curator took out of it or keeps for a later one.
    /// </summary>
    public async Task<IReadOnlyList<(long PaperId, double Score)>> RankedAsync(DateOnly date, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ranked = await RankAsync(db, date, new CandidateFilter(), cancellationToken);
        var taken = await Dropped(db, date)
            .Union(db.EditionDrafts.Where(d => d.Date > date).SelectMany(d => d.Picks).Select(pick => pick.PaperId))
            .ToHashSetAsync(cancellationToken);
        return [.. ranked.Where(r => !taken.Contains(r.Score.PaperId)).Select(r => (r.Score.PaperId, r.At))];
    }

    private async Task<List<Ranked>> RankAsync(PapersDb db, DateOnly date, CandidateFilter filter, CancellationToken cancellationToken)
    {
        var since = calendar.Today.AddDays(-Math.Clamp(filter.Days ?? options.Value.CandidateDays, 1, 365));
        var rows = await Matching(db, date, since, filter)
            .OrderByDescending(p => p.Published).ThenByDescending(p => p.Id)
            .Take(MostRanked)
            .LeftJoin(db.PaperScores, p => p.Id, s => s.PaperId, (p, s) => new { p.Id, p.Title, p.Published, p.HuggingFaceUpvotes, Score = s })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return
        [
            .. rows.Where(row => row.Title.Contains(filter.Text?.Trim() ?? "", StringComparison.OrdinalIgnoreCase))
                .Select(row => new Ranked(row.Score ?? Unscored(row.Id, row.Published, row.HuggingFaceUpvotes), now))
                .OrderByDescending(r => r.At).ThenBy(r => r.Score.PaperId),
        ];
    }

    private static IQueryable<Paper> Matching(PapersDb db, DateOnly date, DateOnly since, CandidateFilter filter)
    {
        var papers = db.Papers.Where(p => !p.IsWithdrawn
            && !db.EditionEntries.Any(e => e.PaperId == p.Id)
            && !db.EditionDrafts.Any(d => d.Date == date && d.Picks.Any(pick => pick.PaperId == p.Id))
            && !db.Submissions.Any(s => s.PaperId == p.Id && s.Origin == Submission.Here && s.State == SubmissionState.Declined));
        // As sets of identities, the few papers in question are looked up; asked of each paper, every paper there is would be tried.
        var submitted = db.Submissions.Where(s => s.Origin == Submission.Here).Select(s => s.PaperId);
        papers = filter.Kind switch
        {
            CandidateKind.Submitted => papers.Where(p => submitted.Contains(p.Id)),
            CandidateKind.Harvested => papers.Where(p => p.Published >= since && !submitted.Contains(p.Id)),
            _ => papers.Where(p => db.Papers.Where(recent => recent.Published >= since).Select(recent => recent.Id).Concat(submitted).Contains(p.Id)),
        };
        papers = filter.Kind is CandidateKind.Skipped
            ? papers.Where(p => db.SkippedPapers.Any(s => s.PaperId == p.Id))
            : papers.Where(p => !db.SkippedPapers.Any(s => s.PaperId == p.Id));
        if (filter.Category?.Trim() is { Length: > 0 } category)
            papers = papers.Where(p => p.Categories.Contains(category));
        return papers;
    }

    private static IQueryable<long> Dropped(PapersDb db, DateOnly date) =>
        db.EditionDrafts.Where(d => d.Date == date).SelectMany(d => d.Dropped).Select(dropped => dropped.PaperId);

    // Nothing happened to it and its vector is still to be made.
    private static PaperScore Unscored(long paperId, DateOnly published, int? votesElsewhere)
    {
        var score = new PaperScore { PaperId = paperId, AppearedAt = PaperScoring.AppearedAt(published, null) };
        ScoreFormula.Apply(score, votesElsewhere, []);
        return score;
    }

    private async Task<IReadOnlyList<EditionCandidate>> LoadAsync(PapersDb db, DateOnly date, List<Ranked> page, CancellationToken cancellationToken)
    {
        var ids = page.ConvertAll(r => r.Score.PaperId).ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var events = await scoring.EventsAsync(db, ids, cancellationToken);
        var submissions = await db.Submissions.AsNoTracking()
            .Where(s => EF.Parameter(ids).Contains(s.PaperId) && s.Origin == Submission.Here)
            .ToDictionaryAsync(s => s.PaperId, cancellationToken);
        var dropped = await Dropped(db, date).ToHashSetAsync(cancellationToken);
        var alike = await similar.OfAsync(db, date, page.ConvertAll(r => (r.Score.PaperId, NearestOf(r.Score))), cancellationToken);
        var now = time.GetUtcNow();
        return page.ConvertAll(r =>
        {
            var paper = papers[r.Score.PaperId];
            var submission = submissions.GetValueOrDefault(paper.Id);
            return new EditionCandidate(
                paper,
                ScoreFormula.PartsAt(r.Score, paper.HuggingFaceUpvotes, [.. events[paper.Id]], now),
                submission?.SubmitterName,
                submission?.Note,
                dropped.Contains(paper.Id),
                alike[paper.Id]);
        });
    }

    // Novelty is one minus the likeness.
    private static VectorHit? NearestOf(PaperScore score) =>
        score is { NearestPaperId: { } nearest, Novelty: { } novelty } ? new VectorHit(nearest, (float)(1 - novelty)) : null;

    private sealed record Ranked(PaperScore Score, DateTimeOffset Now)
    {
        public double At { get; } = ScoreFormula.At(Score, Now);
    }
}
