using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Editions;

/// <summary>Reads editions for pages, digests and feeds.</summary>
public sealed class EditionReader(IDbContextFactory<PapersDb> contexts)
{
    /// <summary>The date of the newest edition, or null when there is none yet.</summary>
    public async Task<DateOnly?> NewestDateAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Editions.MaxAsync(e => (DateOnly?)e.Date, cancellationToken);
    }

    /// <summary>The papers of a period; an empty list when it has no edition.</summary>
    public async Task<EditionView> ReadAsync(Period period, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = await db.Editions.AsNoTracking()
            .Where(e => e.Date >= period.First && e.Date <= period.Last)
            .SelectMany(e => e.Entries, (e, entry) => new { e.Date, entry.Position, Paper = entry.Paper! })
            .ToListAsync(cancellationToken);
        var papers = entries
            .GroupBy(entry => entry.Paper.Id)
            .Select(same => same.MaxBy(entry => entry.Date)!);
        var ordered = period.Kind is PeriodKind.Day
            ? papers.OrderBy(entry => entry.Position)
            : papers.OrderByDescending(entry => entry.Paper.Upvotes)
                .ThenByDescending(entry => entry.Paper.HuggingFaceUpvotes ?? 0)
                .ThenByDescending(entry => entry.Date)
                .ThenBy(entry => entry.Position);
        var listed = await db.ListAsync(ordered.Select(entry => (entry.Paper, (DateOnly?)entry.Date)).ToList(), cancellationToken);

        var before = await db.Editions.Where(e => e.Date < period.First).MaxAsync(e => (DateOnly?)e.Date, cancellationToken);
        var after = await db.Editions.Where(e => e.Date > period.Last).MinAsync(e => (DateOnly?)e.Date, cancellationToken);
        return new EditionView(period, listed, SameKind(period, before), SameKind(period, after));
    }

    /// <summary>The days of a month that have an edition, with their number of papers.</summary>
    public async Task<IReadOnlyDictionary<DateOnly, int>> CalendarAsync(Period month, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Editions.AsNoTracking()
            .Where(e => e.Date >= month.First && e.Date <= month.Last)
            .Select(e => new { e.Date, e.Entries.Count })
            .ToDictionaryAsync(e => e.Date, e => e.Count, cancellationToken);
    }

    private static Period? SameKind(Period period, DateOnly? date) => date is not { } day ? null : period.Kind switch
    {
        PeriodKind.Day => Period.Day(day),
        PeriodKind.Week => Period.WeekOf(day),
        _ => Period.MonthOf(day),
    };
}
