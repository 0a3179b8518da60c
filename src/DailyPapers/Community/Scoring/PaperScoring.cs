using DailyPapers.Editions;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Scoring;

/// <summary>Keeps the stored scores: of the papers that something happened to, in the transaction in which it happened.</summary>
public sealed class PaperScoring(IEnumerable<IScoreEvents> sources)
{
    private const int BatchSize = 500;

    /// <summary>Scores these papers anew from what is saved in the transaction of <paramref name="db"/>, and saves.</summary>
    public async Task RefreshAsync(PapersDb db, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken)
    {
        foreach (var batch in paperIds.Distinct().Chunk(BatchSize))
        {
            var scores = await db.PaperScores.Where(s => EF.Parameter(batch).Contains(s.PaperId)).ToDictionaryAsync(s => s.PaperId, cancellationToken);
            var facts = await FactsAsync(db, batch, cancellationToken);
            var events = await EventsAsync(db, batch, cancellationToken);
            foreach (var fact in facts)
            {
                if (!scores.TryGetValue(fact.PaperId, out var score))
                    db.PaperScores.Add(score = new PaperScore { PaperId = fact.PaperId });
                score.AppearedAt = fact.AppearedAt;
                ScoreFormula.Apply(score, fact.VotesElsewhere, [.. events[fact.PaperId]]);
            }
            // Intake turns the detection off for its own many papers; these few need it.
            db.ChangeTracker.DetectChanges();
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>The events of papers, by paper.</summary>
    public async Task<ILookup<long, ScoreEvent>> EventsAsync(PapersDb db, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken)
    {
        var events = new List<ScoreEvent>();
        foreach (var source in sources)
            events.AddRange(await source.OfAsync(db, paperIds, cancellationToken));
        return events.ToLookup(e => e.PaperId);
    }

    /// <summary>When a paper appeared: at the beginning of its edition's day, or of the day it was published on.</summary>
    internal static DateTimeOffset AppearedAt(DateOnly published, DateOnly? edition) =>
        new((edition ?? published).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static async Task<List<Fact>> FactsAsync(PapersDb db, long[] paperIds, CancellationToken cancellationToken)
    {
        var newest = await db.EditionDatesAsync(paperIds, cancellationToken);
        var papers = await db.Papers.AsNoTracking()
            .Where(p => EF.Parameter(paperIds).Contains(p.Id))
            .Select(p => new { p.Id, p.Published, p.HuggingFaceUpvotes })
            .ToListAsync(cancellationToken);
        return papers.ConvertAll(p => new Fact(p.Id, AppearedAt(p.Published, newest.TryGetValue(p.Id, out var date) ? date : null), p.HuggingFaceUpvotes));
    }

    private sealed record Fact(long PaperId, DateTimeOffset AppearedAt, int? VotesElsewhere);
}
