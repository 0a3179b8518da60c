using System.Collections.Concurrent;
using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Moderation.Filters;

/// <summary>The filters that comments pass before they are kept.</summary>
public sealed class WordFilters(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>Filters a site can have.</summary>
    public const int Most = 500;

    private readonly ConcurrentDictionary<(string Pattern, FilterKind Kind), FilterPattern?> _compiled = new();

    /// <summary>All filters by pattern.</summary>
    public async Task<IReadOnlyList<WordFilter>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.WordFilters.AsNoTracking().OrderBy(f => f.Pattern).ThenBy(f => f.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a filter.</summary>
    /// <returns>What is wrong and how to mend it, or null when it is made.</returns>
    public async Task<string?> AddAsync(long actorId, string? pattern, FilterKind kind, FilterAction action, CancellationToken cancellationToken)
    {
        if (FilterPattern.Parse(pattern, kind, out var problem) is null)
            return problem;
        var text = pattern!.Trim();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Takes the write lock: the same filter made twice at once waits here instead of failing later.
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (await db.WordFilters.AnyAsync(f => f.Pattern == text && f.Kind == kind, cancellationToken))
            return T["There is such a filter already; remove it first to change what it does."];
        if (await db.WordFilters.CountAsync(cancellationToken) >= Most)
            return T["There are {0} filters already; remove one first.", Most];
        var filter = new WordFilter { Pattern = text, Kind = kind, Action = action, CreatedAt = time.GetUtcNow() };
        db.WordFilters.Add(filter);
        await db.SaveChangesAsync(cancellationToken);
        db.Record(actorId, "filter.add", FormattableString.Invariant($"filter:{filter.Id}"), time.GetUtcNow(), $"{action} {kind}: {text}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Removes a filter; false when there is none of this number.</summary>
    public async Task<bool> RemoveAsync(long actorId, long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.WordFilters.SingleOrDefaultAsync(f => f.Id == id, cancellationToken) is not { } filter)
            return false;
        db.WordFilters.Remove(filter);
        db.Record(actorId, "filter.remove", FormattableString.Invariant($"filter:{id}"), time.GetUtcNow(), $"{filter.Action} {filter.Kind}: {filter.Pattern}");
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>The strictest filter that finds something in <paramref name="text"/>, or null.</summary>
    internal async Task<WordFilter?> FirstHitAsync(PapersDb db, string text, CancellationToken cancellationToken)
    {
        var filters = await db.WordFilters.AsNoTracking().ToListAsync(cancellationToken);
        return filters
            .OrderByDescending(filter => filter.Action)
            .FirstOrDefault(filter => Compiled(filter)?.Finds(text) is true);
    }

    // Each was readable when it was made; one that a later version refuses finds nothing.
    private FilterPattern? Compiled(WordFilter filter)
    {
        if (_compiled.Count > 2 * Most)
            _compiled.Clear();
        return _compiled.GetOrAdd((filter.Pattern, filter.Kind), key => FilterPattern.Parse(key.Pattern, key.Kind, out _));
    }
}
