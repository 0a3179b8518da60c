using DailyPapers.Search.Semantic;
using DailyPapers.Search.Vectors;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Editions.Drafting;

/// <summary>
/// Finds for each candidate the papers most like it, so that curators see which topics readers have had. However many
/// candidates there are, the vectors are borrowed once and the database is asked three times.
/// </summary>
public sealed class SimilarPapers(SemanticIndex vectors, SiteCalendar calendar)
{
    /// <summary>How many are shown of each candidate.</summary>
    public const int Most = 4;

    // What is farther than so many others repeats nothing.
    private const int NeighboursLookedAt = 64;

    // Papers on different things are about this much alike.
    private const float LeastLikeness = 0.3f;

    /// <summary>The papers most like each candidate, most alike first.</summary>
    /// <param name="db">The database.</param>
    /// <param name="date">The day that is arranged.</param>
    /// <param name="candidates">The candidates, and of each the most similar paper of the weeks before it, which its novelty was measured by.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal async Task<IReadOnlyDictionary<long, IReadOnlyList<SimilarPaper>>> OfAsync(
        PapersDb db, DateOnly date, IReadOnlyList<(long PaperId, VectorHit? Recent)> candidates, CancellationToken cancellationToken)
    {
        var neighbours = candidates.Select(candidate => (candidate.PaperId, candidate.Recent, Hits: new List<VectorHit>())).ToList();
        using (var lease = vectors.Acquire())
        {
            if (lease is not null)
                neighbours.ForEach(candidate => candidate.Hits.AddRange(NeighboursOf(candidate.PaperId, lease.Vectors, cancellationToken)));
        }
        var looked = neighbours.SelectMany(candidate => candidate.Hits).Select(hit => hit.PaperId)
            .Concat(candidates.Select(candidate => candidate.Recent?.PaperId).OfType<long>())
            .Distinct()
            .ToArray();
        var editions = await db.EditionDatesAsync(looked, cancellationToken);
        var picked = await PickedAsync(db, date, looked, cancellationToken);
        var chosen = neighbours.ToDictionary(candidate => candidate.PaperId, candidate => Choose(
            candidate.Hits,
            candidate.Hits.Find(hit => DateOf(picked, hit.PaperId) == date),
            candidate.Hits.Find(hit => editions.ContainsKey(hit.PaperId) || picked.ContainsKey(hit.PaperId)),
            candidate.Recent ?? default));
        var shown = chosen.Values.SelectMany(hits => hits).Select(hit => hit.PaperId).Distinct().ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(shown).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        return chosen.ToDictionary(
            hits => hits.Key,
            hits => (IReadOnlyList<SimilarPaper>)[.. hits.Value.Where(hit => papers.ContainsKey(hit.PaperId)).Select(hit => new SimilarPaper(
                papers[hit.PaperId], Math.Clamp(hit.Score, 0, 1), DateOf(editions, hit.PaperId), DateOf(picked, hit.PaperId)))]);
    }

    private static IEnumerable<VectorHit> NeighboursOf(long paperId, VectorSnapshot vectors, CancellationToken cancellationToken)
    {
        var vector = new float[vectors.Dimensions];
        return vectors.TryGetVector(paperId, vector)
            ? vectors.Search(vector, NeighboursLookedAt + 1, cancellationToken: cancellationToken).Where(hit => hit.PaperId != paperId && hit.Score >= LeastLikeness)
            : [];
    }

    // The closest ones; but those with a place of their own, where there is one, are the reason to look: what the edition has
    // already, what readers had or will have, and what novelty was measured by.
    private static List<VectorHit> Choose(List<VectorHit> hits, params IEnumerable<VectorHit> placed) =>
        [.. placed.Where(hit => hit.PaperId > 0).Concat(hits).DistinctBy(hit => hit.PaperId).Take(Most).OrderByDescending(hit => hit.Score)];

    private async Task<IReadOnlyDictionary<long, DateOnly>> PickedAsync(PapersDb db, DateOnly date, long[] paperIds, CancellationToken cancellationToken)
    {
        // What was begun for a day that has passed will not appear.
        var today = calendar.Today;
        var picks = await db.EditionDrafts.AsNoTracking()
            .Where(draft => draft.State != DraftState.Published && draft.Date >= today)
            .SelectMany(draft => draft.Picks, (draft, pick) => new { draft.Date, pick.PaperId })
            .Where(pick => EF.Parameter(paperIds).Contains(pick.PaperId))
            .ToListAsync(cancellationToken);
        return picks.GroupBy(pick => pick.PaperId).ToDictionary(same => same.Key, same => same.Any(pick => pick.Date == date) ? date : same.Min(pick => pick.Date));
    }

    private static DateOnly? DateOf(IReadOnlyDictionary<long, DateOnly> dates, long paperId) => dates.TryGetValue(paperId, out var date) ? date : null;
}
