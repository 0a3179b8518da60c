using DailyPapers.Community.Auditing;
using DailyPapers.Editions.Drafting;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Editions.Publishing;

/// <summary>Makes the day's edition of the best candidates where no curator acted: no edition, no draft with a paper in it.</summary>
public sealed class AutomaticEdition(
    IDbContextFactory<PapersDb> contexts, EditionCandidates candidates, EditionWriter editions, SemanticIndex vectors, SiteCalendar calendar,
    IOptions<EditionOptions> options, TimeProvider time)
{
    private const int MostCompared = 300;

    /// <summary>The papers an automatic edition of <paramref name="date"/> would have now, in their order.</summary>
    public async Task<IReadOnlyList<long>> ChooseAsync(DateOnly date, CancellationToken cancellationToken)
    {
        var ranked = (await candidates.RankedAsync(date, cancellationToken)).Take(MostCompared).ToList();
        var likeness = PaperLikeness.Among(ranked.ConvertAll(r => r.PaperId), vectors);
        return DiverseSelection.Choose(ranked, likeness, options.Value.AutomaticSize, options.Value.Diversity);
    }

    /// <summary>Makes today's, when the settings want it and its time has come.</summary>
    /// <returns>The day, when its edition was made.</returns>
    public async Task<DateOnly?> RunDueAsync(CancellationToken cancellationToken)
    {
        var today = calendar.Today;
        return options.Value.Automatic && time.GetUtcNow() >= calendar.Instant(today, options.Value.PublishAt) && await MakeAsync(today, cancellationToken)
            ? today
            : null;
    }

    /// <summary>Makes the edition of <paramref name="date"/>; false when a curator acted, there is one already, or there are too few candidates.</summary>
    public async Task<bool> MakeAsync(DateOnly date, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await IsTakenAsync(db, date, cancellationToken))
                return false;
        }
        var papers = await ChooseAsync(date, cancellationToken);
        return papers.Count >= options.Value.AutomaticLeast && await WriteAsync(date, papers, cancellationToken);
    }

    private async Task<bool> WriteAsync(DateOnly date, IReadOnlyList<long> papers, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        // Asked again under the lock: choosing takes a moment.
        if (await IsTakenAsync(db, date, cancellationToken))
            return false;
        await editions.ReplaceAsync(db, date, papers, cancellationToken);
        db.Record(actorId: null, "edition.automatic", $"edition:{date:yyyy-MM-dd}", time.GetUtcNow(), $"{papers.Count} papers");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> IsTakenAsync(PapersDb db, DateOnly date, CancellationToken cancellationToken) =>
        await db.Editions.AnyAsync(e => e.Date == date, cancellationToken)
        || await db.EditionDrafts.AnyAsync(d => d.Date == date && d.Picks.Count > 0, cancellationToken);
}
