using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Editions.Drafting;

/// <summary>Reads drafts; writes nothing.</summary>
public sealed class DraftReader(IDbContextFactory<PapersDb> contexts, SiteCalendar calendar, IOptions<EditionOptions> options)
{
    /// <summary>The first day from today on that has no edition yet: what there is to arrange.</summary>
    public async Task<DateOnly> NextDateAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var today = calendar.Today;
        var taken = await db.Editions.AsNoTracking().Where(e => e.Date >= today).Select(e => e.Date).ToHashSetAsync(cancellationToken);
        var date = today;
        while (taken.Contains(date))
            date = date.AddDays(1);
        return date;
    }

    /// <summary>The draft of a day.</summary>
    public async Task<DraftView> ReadAsync(DateOnly date, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = await db.EditionDrafts.AsNoTracking().Include(d => d.Picks).ThenInclude(pick => pick.Paper).SingleOrDefaultAsync(d => d.Date == date, cancellationToken);
        var edition = await db.Editions.AsNoTracking().Include(e => e.Entries).ThenInclude(entry => entry.Paper).SingleOrDefaultAsync(e => e.Date == date, cancellationToken);
        var shown = edition?.Entries.OrderBy(entry => entry.Position).Select(entry => entry.Paper!).ToList() ?? [];
        IReadOnlyList<PickedPaper> picks = draft is null
            ? shown.ConvertAll(paper => new PickedPaper(paper, null))
            : [.. draft.Picks.OrderBy(pick => pick.Position).Select(pick => new PickedPaper(pick.Paper!, pick.Note))];
        return new DraftView(
            date,
            picks,
            draft?.ScheduledFor,
            calendar.Instant(date, options.Value.PublishAt),
            edition is not null,
            !picks.Select(pick => pick.Paper.Id).SequenceEqual(shown.Select(paper => paper.Id)),
            options.Value.Automatic && edition is null && draft?.ScheduledFor is null && date >= calendar.Today ? options.Value.AutomaticSize : null);
    }
}
