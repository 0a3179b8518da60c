using DailyPapers.Search.Indexing;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Search;

/// <summary>
/// Brings the index to what the database holds, by reading the papers whose change number is above the one the index
/// reached. Whatever happens in between, the index only ever claims what it has.
/// </summary>
public sealed class IndexCatchUp : IDisposable
{
    private const int PageSize = 500;
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FollowInterval = TimeSpan.FromMilliseconds(200);

    private readonly PaperIndex _index;
    private readonly IDbContextFactory<PapersDb> _contexts;
    private readonly TimeProvider _time;
    private readonly ILogger<IndexCatchUp> _log;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _committed;
    private bool _failing;

    internal IndexCatchUp(PaperIndex index, IDbContextFactory<PapersDb> contexts, TimeProvider time, ILogger<IndexCatchUp> log)
    {
        _index = index;
        _contexts = contexts;
        _time = time;
        _log = log;
    }

    /// <summary>Indexes everything that the database holds now, and makes it durable.</summary>
    public Task<CatchUpOutcome> RunAsync(IProgress<IndexBuild>? progress, CancellationToken cancellationToken) =>
        AdvanceAsync(commitAfter: TimeSpan.Zero, progress, cancellationToken);

    /// <summary>
    /// Indexes what <paramref name="work"/>, an import say, writes while it runs, then everything that is left. Failures of
    /// the work are thrown after what it wrote is indexed.
    /// </summary>
    public async Task<CatchUpOutcome> RunDuringAsync(Task work, IProgress<IndexBuild>? progress, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            await AdvanceAsync(CommitInterval, progress: null, cancellationToken);
            await Task.WhenAny(work, Task.Delay(FollowInterval, _time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
        var outcome = await RunAsync(progress, cancellationToken);
        await work;
        return outcome;
    }

    /// <summary>Indexes what is new and makes it visible; makes it durable when the last time is <paramref name="commitAfter"/> ago.</summary>
    internal async Task<CatchUpOutcome> AdvanceAsync(TimeSpan commitAfter, IProgress<IndexBuild>? progress, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var outcome = await Task.Run(() => ReadNewAsync(progress, cancellationToken), cancellationToken);
            if (outcome is CatchUpOutcome.Current)
                CommitWhenDue(commitAfter);
            _failing = false;
            return outcome;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (!_failing)
                _log.LogWarning(exception, "The search index cannot be brought up to date; searches answer from what it has. It is tried again.");
            _failing = true;
            return CatchUpOutcome.Unavailable;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes durable what was indexed.</summary>
    internal async Task CommitAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _index.Commit();
        }
        catch (Exception exception)
        {
            _log.LogWarning(exception, "The search index could not be written; it catches up at the next start.");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<CatchUpOutcome> ReadNewAsync(IProgress<IndexBuild>? progress, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var now = await db.ReadContentVersionAsync(cancellationToken);
        var goal = now.Number;
        var refreshed = _time.GetTimestamp();
        var (done, total) = (0, -1);
        try
        {
            while (true)
            {
                if (!_index.TryOpenToWrite(now.Lineage))
                    return CatchUpOutcome.WrittenElsewhere;
                var from = _index.Version;
                if (from.Number >= now.Number)
                {
                    _index.Refresh();
                    return CatchUpOutcome.Current;
                }
                if (total < 0 && now.Number - from.Number > PageSize)
                    total = await db.Papers.CountAsync(p => p.ChangeSequence > from.Number, cancellationToken);
                if (total > PageSize)
                    Report(new IndexBuild(done, total), progress);

                var page = await ChangedPapers<IndexedPaper>.ReadAsync(db, from.Number, now, PageSize, IndexedPaper.FromPaper, p => p.ChangeSequence, cancellationToken);
                var after = await db.ReadContentVersionAsync(cancellationToken);
                if (after.Lineage != now.Lineage)
                {
                    // A backup was restored while the page was read; nobody knows which side it is from.
                    now = after;
                    goal = now.Number;
                    continue;
                }

                _index.Write(page.Papers, page.Reached);
                done += page.Papers.Count;
                if (page.IsLast || page.Reached.Number >= goal)
                {
                    _index.Refresh();
                    if (total > PageSize)
                        progress?.Report(new IndexBuild(done, done));
                    return CatchUpOutcome.Current;
                }
                if (_time.GetElapsedTime(refreshed) >= RefreshInterval)
                {
                    _index.Refresh();
                    refreshed = _time.GetTimestamp();
                }
                CommitWhenDue(CommitInterval);
                now = after;
            }
        }
        finally
        {
            _index.Building = null;
        }
    }

    private void Report(IndexBuild build, IProgress<IndexBuild>? progress)
    {
        _index.Building = build;
        progress?.Report(build);
    }

    private void CommitWhenDue(TimeSpan commitAfter)
    {
        if (commitAfter > TimeSpan.Zero && _time.GetElapsedTime(_committed) < commitAfter)
            return;
        _index.Commit();
        _committed = _time.GetTimestamp();
    }
}
