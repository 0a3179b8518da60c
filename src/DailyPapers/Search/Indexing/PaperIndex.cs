using DailyPapers.Storage;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Search.Indexing;

/// <summary>
/// The index of this machine. It is derived from the database, so it is never repaired: one that is missing, damaged, of an
/// older format or of another database's history is emptied and filled again.
/// </summary>
/// <remarks>Any number of threads search; what writes is called by one at a time, <see cref="IndexCatchUp"/>.</remarks>
internal sealed class PaperIndex(DataDirectory data, ILogger<PaperIndex> log) : IDisposable
{
    private readonly Lock _gate = new();
    private FileLock? _lock;
    private IndexSession? _session;
    private volatile bool _isSuspect;
    private bool _unreadableReported;

    /// <summary>The progress while many papers are being read.</summary>
    public IndexBuild? Building { get; set; }

    public bool CanWrite
    {
        get
        {
            lock (_gate)
                return _session is { CanWrite: true };
        }
    }

    public ContentVersion Version
    {
        get
        {
            lock (_gate)
                return _session?.Version ?? new ContentVersion("", 0);
        }
    }

    /// <summary>The state of the content that searches show.</summary>
    public ContentVersion Shown
    {
        get
        {
            lock (_gate)
                return _session?.Shown ?? new ContentVersion("", 0);
        }
    }

    /// <summary>Borrows a searcher, or returns null while there is no index.</summary>
    public SearcherLease? Acquire()
    {
        lock (_gate)
        {
            _session ??= OpenToRead();
            return _session?.Acquire();
        }
    }

    /// <summary>
    /// Makes this process the writer of an index of <paramref name="lineage"/>, emptying what does not fit. False while
    /// another process is the writer; then what it wrote becomes visible here.
    /// </summary>
    public bool TryOpenToWrite(string lineage)
    {
        lock (_gate)
        {
            if (_session is { CanWrite: true } && _isSuspect)
                Close();
            if (_session is not { CanWrite: true } && !TryOpenExisting())
                return false;
            if (_session is { HasCurrentFormat: true } session && session.Version.Lineage == lineage)
                return true;
            if (_session is { HasCurrentFormat: true })
                log.LogInformation("The search index belongs to another history of the database; it is built anew.");
            else if (_session is not null)
                log.LogInformation("The search index has the format of another version; it is built anew.");
            StartEmpty(lineage);
            return true;
        }
    }

    /// <summary>Puts papers into the index, replacing what it had of them; from then on it reflects <paramref name="reached"/>.</summary>
    public void Write(IReadOnlyList<IndexedPaper> papers, ContentVersion reached) => OnSession(session => session.Write(papers, reached));

    /// <summary>Makes what was written visible.</summary>
    public void Refresh() => OnSession(session => session.Refresh());

    /// <summary>Makes what was written durable.</summary>
    public void Commit() => OnSession(session => session.Commit());

    /// <summary>Removes papers that the database no longer has.</summary>
    public void Forget(IReadOnlyCollection<long> paperIds)
    {
        lock (_gate)
        {
            if (_session is { CanWrite: true } session)
                session.Delete(paperIds);
        }
    }

    /// <summary>Says after a failed search whether the index is to blame; if so, it is built anew.</summary>
    public bool IsDamaged(SearcherLease lease)
    {
        try
        {
            IndexSession.Verify(lease.Searcher.IndexReader);
            return false;
        }
        catch (Exception exception)
        {
            log.LogWarning(exception, "The search index is damaged.");
            _isSuspect = true;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            try
            {
                if (_session is { CanWrite: true })
                    _session.Commit();
            }
            catch (Exception exception)
            {
                log.LogWarning(exception, "The search index could not be written at the end; it catches up at the next start.");
            }
            Close();
            _lock?.Dispose();
            _lock = null;
        }
    }

    // After a failure the session is in no known state: it is opened again from its last commit, or built anew.
    private void OnSession(Action<IndexSession> action)
    {
        IndexSession? session;
        lock (_gate)
            session = _session;
        if (session is null)
            return;
        try
        {
            action(session);
        }
        catch
        {
            lock (_gate)
                Close();
            throw;
        }
    }

    private bool TryOpenExisting()
    {
        Directory.CreateDirectory(data.IndexDirectory);
        _lock ??= IndexLock.TryTake(data.IndexDirectory);
        if (_lock is null)
        {
            if (_session is not null && (_isSuspect || !IsRefreshed(_session)))
                Close();
            _session ??= OpenToRead();
            return false;
        }
        Close();
        _isSuspect = false;
        try
        {
            _session = IndexSession.OpenToWrite(data.IndexDirectory, MergeFailed);
            _session.Verify();
        }
        catch (Exception exception) when (exception is not (UnauthorizedAccessException or OutOfMemoryException))
        {
            Close();
            if (HoldsIndexFiles())
                log.LogWarning(exception, "The search index in '{Folder}' is damaged; it is built anew.", data.IndexDirectory);
        }
        return true;
    }

    private static bool IsRefreshed(IndexSession session)
    {
        try
        {
            return session.Refresh();
        }
        catch (IOException)
        {
            // The writing process is emptying the folder, or the files are damaged; it heals them.
            return false;
        }
    }

    private IndexSession? OpenToRead()
    {
        try
        {
            var session = IndexSession.OpenToRead(data.IndexDirectory);
            _unreadableReported = false;
            return session;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (!_unreadableReported)
                log.LogWarning(exception, "The search index in '{Folder}' cannot be read.", data.IndexDirectory);
            _unreadableReported = true;
            return null;
        }
    }

    private void StartEmpty(string lineage)
    {
        Close();
        foreach (var file in IndexFiles())
            File.Delete(file);
        _session = IndexSession.Create(data.IndexDirectory, lineage, MergeFailed);
    }

    private bool HoldsIndexFiles() => IndexFiles().Any();

    private IEnumerable<string> IndexFiles() =>
        Directory.EnumerateFiles(data.IndexDirectory).Where(file => Path.GetFileName(file) != IndexLock.FileName);

    private void MergeFailed(Exception exception)
    {
        log.LogWarning(exception, "Parts of the search index could not be merged.");
        _isSuspect = true;
    }

    private void Close()
    {
        try
        {
            _session?.Dispose();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            log.LogDebug(exception, "The search index did not close cleanly.");
        }
        _session = null;
    }
}
