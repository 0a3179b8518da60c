using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Search.Loading;

/// <summary>
/// The papers that hits lately showed, as the database has them now: before each use the change counter is read, and what has
/// changed since, whoever changed it, is dropped.
/// </summary>
/// <param name="capacity">The papers that are surely kept; at most twice as many are.</param>
internal sealed class PaperCache(int capacity = 8_192)
{
    // More changes than this and asking which papers they were costs more than reading the few that are shown again.
    private const int MostChanges = 500;

    private readonly Lock _gate = new();
    private ContentVersion _version = new("", 0);
    private readonly RecentlyUsed<long, ReadablePaper> _papers = new(capacity);

    /// <summary>The papers of these identities that exist.</summary>
    public async Task<IReadOnlyDictionary<long, ReadablePaper>> LoadAsync(PapersDb db, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, ReadablePaper>(ids.Count);
        if (ids.Count == 0)
            return found;
        var version = await db.ReadContentVersionAsync(cancellationToken);
        await FollowAsync(db, version, cancellationToken);
        var missing = Find(ids, found);
        if (missing.Count == 0)
            return found;
        var wanted = missing.ToArray();
        var read = await db.Papers.AsNoTracking().Where(p => EF.Parameter(wanted).Contains(p.Id)).ToListAsync(cancellationToken);
        foreach (var paper in read)
            found[paper.Id] = new ReadablePaper(paper);
        Keep(version, read.ConvertAll(paper => found[paper.Id]));
        return found;
    }

    private async Task FollowAsync(PapersDb db, ContentVersion version, CancellationToken cancellationToken)
    {
        ContentVersion held;
        lock (_gate)
            held = _version;
        if (held == version)
            return;
        var changed = await db.ReadChangedPapersAsync(held, version, MostChanges, cancellationToken);
        lock (_gate)
        {
            if (_version != held)
                return;
            if (changed is null)
                _papers.Clear();
            else
                changed.ForEach(_papers.Remove);
            _version = version;
        }
    }

    private List<long> Find(IReadOnlyList<long> ids, Dictionary<long, ReadablePaper> found)
    {
        var missing = new List<long>();
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (_papers.TryGet(id, out var paper))
                    found[id] = paper;
                else
                    missing.Add(id);
            }
        }
        return missing;
    }

    // Only if nothing has changed since the version was read: what was read may be older than a change noticed meanwhile.
    private void Keep(ContentVersion version, List<ReadablePaper> papers)
    {
        lock (_gate)
        {
            if (_version != version)
                return;
            foreach (var paper in papers)
                _papers.Add(paper.Paper.Id, paper);
        }
    }
}
