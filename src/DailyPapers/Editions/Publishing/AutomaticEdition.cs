using DailyPapers.Community.Auditing;
using DailyPapers.Editions.Drafting;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Editions.Publishing;

/// <summary>
/// Makes the day's edition where no curator scheduled or published one: of what a curator picked for it, in that order, and behind
/// it of the best candidates. A draft that was only begun so neither leaves readers without an edition nor is lost.
/// </summary>
public sealed class AutomaticEdition(
    IDbContextFactory<PapersDb> contexts, EditionCandidates candidates, EditionWriter editions, SemanticIndex vectors, SiteCalendar calendar,
    IOptions<EditionOptions> options, TimeProvider time)
{
    private const int MostCompared = 300;

    /// <summary>The papers an automatic edition of <paramref name="date"/> would have now, in their order.</summary>
    public async Task<IReadOnlyList<long>> ChooseAsync(DateOnly date, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ChooseAsync(date, await PicksAsync(db, date, cancellationToken), cancellationToken);
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

    /// <summary>Makes the edition of <paramref name="date"/>; false when there is one already, a draft is scheduled, or there are too few papers.</summary>
    public async Task<bool> MakeAsync(DateOnly date, CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<long> picks;
            await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
            {
                if (await IsTakenAsync(db, date, cancellationToken))
                    return false;
                picks = await PicksAsync(db, date, cancellationToken);
            }
            var papers = await ChooseAsync(date, picks, cancellationToken);
            if (papers.Count < options.Value.AutomaticLeast)
                return false;
            // Choosing takes a moment, in which a curator may go on arranging; then it is chosen again.
            if (await WriteAsync(date, picks, papers, cancellationToken) is { } made)
                return made;
        }
    }

    private async Task<IReadOnlyList<long>> ChooseAsync(DateOnly date, IReadOnlyList<long> picks, CancellationToken cancellationToken)
    {
        var ranked = (await candidates.RankedAsync(date, cancellationToken)).Take(MostCompared);
        List<(long PaperId, double Score)> all = [.. picks.Select(id => (id, 0.0)), .. ranked];
        var likeness = PaperLikeness.Among(all.ConvertAll(r => r.PaperId), vectors);
        return DiverseSelection.Choose(all, likeness, options.Value.AutomaticSize, options.Value.Diversity, picks.Count);
    }

    /// <returns>Null when the picks are not those any more that the papers were chosen to go with.</returns>
    private async Task<bool?> WriteAsync(DateOnly date, IReadOnlyList<long> picks, IReadOnlyList<long> papers, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        // Locks the draft, like curators do.
        await db.EditionDrafts.Where(d => d.Date == date).ExecuteUpdateAsync(set => set.SetProperty(d => d.ChangedAt, d => d.ChangedAt), cancellationToken);
        if (await IsTakenAsync(db, date, cancellationToken))
            return false;
        if (!picks.SequenceEqual(await PicksAsync(db, date, cancellationToken)))
            return null;
        await editions.ReplaceAsync(db, date, papers, cancellationToken);
        await FollowAsync(db, date, papers, cancellationToken);
        db.Record(actorId: null, "edition.automatic", $"edition:{date:yyyy-MM-dd}", time.GetUtcNow(), $"{papers.Count} papers");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    // The draft goes on as what readers see, or a curator's next change would take the papers that were chosen out again.
    private async Task FollowAsync(PapersDb db, DateOnly date, IReadOnlyList<long> papers, CancellationToken cancellationToken)
    {
        if (await db.EditionDrafts.Include(d => d.Picks).SingleOrDefaultAsync(d => d.Date == date, cancellationToken) is not { } draft)
            return;
        for (var position = draft.Picks.Count; position < papers.Count; position++)
            draft.Picks.Add(new DraftPick { PaperId = papers[position], Position = position });
        (draft.State, draft.ChangedAt) = (DraftState.Published, time.GetUtcNow());
    }

    private static async Task<IReadOnlyList<long>> PicksAsync(PapersDb db, DateOnly date, CancellationToken cancellationToken) =>
        await db.EditionDrafts.Where(d => d.Date == date).SelectMany(d => d.Picks).OrderBy(pick => pick.Position).Select(pick => pick.PaperId).ToListAsync(cancellationToken);

    private static async Task<bool> IsTakenAsync(PapersDb db, DateOnly date, CancellationToken cancellationToken) =>
        await db.Editions.AnyAsync(e => e.Date == date, cancellationToken)
        || await db.EditionDrafts.AnyAsync(d => d.Date == date && d.State == DraftState.Scheduled, cancellationToken);
}
