using DailyPapers.Editions;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Collections;

/// <summary>Reads collections. A private one exists for its owner only.</summary>
public sealed class CollectionReader(IDbContextFactory<PapersDb> contexts)
{
    /// <summary>A person's collections, the last changed first.</summary>
    public async Task<IReadOnlyList<CollectionSummary>> ListOwnAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Summaries(db, db.Collections.Where(c => c.AccountId == accountId)).ToListAsync(cancellationToken);
    }

    /// <summary>The public collections of one person, the last changed first.</summary>
    public async Task<IReadOnlyList<CollectionSummary>> ListPublicOfAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Summaries(db, db.Collections.Where(c => c.AccountId == accountId && c.IsPublic)).ToListAsync(cancellationToken);
    }

    /// <summary>The public collections with papers, the last changed first.</summary>
    public async Task<IReadOnlyList<CollectionSummary>> ListPublicAsync(int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Summaries(db, db.Collections.Where(c => c.IsPublic && c.Entries.Any())).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>A collection with its papers; null when there is none, or none that <paramref name="viewerId"/> may see.</summary>
    public async Task<CollectionView?> FindAsync(long id, long? viewerId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var visible = db.Collections.Where(c => c.Id == id && (c.IsPublic || c.AccountId == viewerId));
        if (await Summaries(db, visible).SingleOrDefaultAsync(cancellationToken) is not { } summary)
            return null;
        var isOwn = await visible.AnyAsync(c => c.AccountId == viewerId, cancellationToken);
        var entries = await db.CollectionEntries.AsNoTracking()
            .Where(e => e.CollectionId == id)
            .OrderBy(e => e.Position).ThenBy(e => e.AddedAt).ThenBy(e => e.PaperId)
            .Select(e => new { Paper = e.Paper!, e.Note, e.AddedAt })
            .ToListAsync(cancellationToken);
        var listed = await db.ListAsync(entries.Select(e => (e.Paper, (DateOnly?)null)).ToList(), cancellationToken);
        return new CollectionView(summary, entries.Select((entry, i) => new CollectedPaper(listed[i], entry.Note, entry.AddedAt)).ToList(), isOwn);
    }

    /// <summary>A person's collections beside a paper, by name.</summary>
    public async Task<IReadOnlyList<CollectionChoice>> ChoicesAsync(long accountId, long paperId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Collections.AsNoTracking()
            .Where(c => c.AccountId == accountId)
            .OrderBy(c => c.Name).ThenBy(c => c.Id)
            .Select(c => new CollectionChoice(c.Id, c.Slug, c.Name, c.Entries.Any(e => e.PaperId == paperId)))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<CollectionSummary> Summaries(PapersDb db, IQueryable<Collection> collections) => collections.AsNoTracking()
        .OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id)
        .Join(db.Users, c => c.AccountId, a => a.Id, (c, a) => new { Collection = c, a.DisplayName, a.Handle })
        .Select(c => new CollectionSummary(
            c.Collection.Id, c.Collection.Slug, c.Collection.Name, c.Collection.Description, c.Collection.IsPublic,
            c.Collection.Entries.Count, c.Collection.UpdatedAt, c.DisplayName, c.Handle));
}
