using DailyPapers.Search.Indexing;
using DailyPapers.Storage;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// The vectors of the papers on this machine, by one embedding model. Derived from the database, it is never repaired: an
/// index that is missing, damaged, of another model or of another history is begun anew.
/// </summary>
/// <remarks>
/// Any number of threads search, here and in other processes, while one thread of one process writes. What is written is
/// visible here at once, in other processes when it is committed and they refresh; after a crash it is as of the last commit.
/// </remarks>
internal sealed class VectorIndex : IDisposable
{
    private const int RowsPerWrite = 1024;
    private const int LeastDeletionsToRewrite = 4096;
    private const int LeastRowsToCenter = 1024;
    private const int OpeningAttempts = 10;

    private readonly string _folder;
    private readonly ILogger _log;
    private readonly FileLock? _lock;
    private volatile VectorState _state;
    private VectorManifest _committed;
    private volatile bool _isDisposed;

    private VectorIndex(string folder, FileLock? writerLock, VectorManifest committed, VectorState state, ILogger log)
    {
        _folder = folder;
        _lock = writerLock;
        _committed = committed;
        _state = state;
        _log = log;
    }

    public bool CanWrite => _lock is not null;

    /// <summary>The embedding model that made the vectors.</summary>
    public string ModelId => _committed.ModelId;

    /// <summary>The vectors' dimensions.</summary>
    public int Dimensions => _committed.Dimensions;

    /// <summary>The state of the content that the vectors reflect.</summary>
    public ContentVersion Version => _state.Version;

    /// <summary>How many papers have a vector.</summary>
    public int Count => _state.Count;

    /// <summary>True while something written is not on the disk yet.</summary>
    public bool HasUncommitted => _state.Version != _committed.Version || _state.Rows != _committed.Rows || _state.Deletions != _committed.Deletions;

    /// <summary>
    /// Makes this process the writer of a folder's index; one that is damaged or does not fit is begun anew. Null while
    /// another writes it.
    /// </summary>
    /// <param name="folder">The folder of this index alone; it is made when missing.</param>
    /// <param name="modelId">Names the embedding model; vectors of another are of no use.</param>
    /// <param name="dimensions">The vectors' dimensions, a multiple of 8 from 64 to 4096.</param>
    /// <param name="lineage">The database's history.</param>
    /// <param name="log">Hears when and why an index is begun anew.</param>
    public static VectorIndex? OpenToWrite(string folder, string modelId, int dimensions, string lineage, ILogger log)
    {
        var shape = new VectorShape(dimensions);
        Directory.CreateDirectory(folder);
        var writerLock = IndexLock.TryTake(folder);
        if (writerLock is null)
            return null;
        try
        {
            var index = OpenExisting(folder, modelId, dimensions, lineage, writerLock, log)
                ?? StartEmpty(folder, modelId, shape, lineage, writerLock, log);
            index.DeleteOtherBuilds();
            return index;
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens a folder's index to search it only; null when there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another format.</exception>
    public static VectorIndex? OpenToRead(string folder, ILogger log)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (VectorManifest.Read(folder) is not { } manifest)
                return null;
            try
            {
                return new VectorIndex(folder, null, manifest, Load(folder, manifest, canWrite: false), log);
            }
            catch (FileNotFoundException exception)
            {
                // The writer may have rewritten the index since the manifest was read.
                if (attempt == OpeningAttempts)
                    throw new InvalidDataException($"A file of the vector index in '{folder}' is missing.", exception);
            }
        }
    }

    /// <summary>Borrows the index as it is at this moment.</summary>
    public VectorSnapshot Acquire()
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);

            // A state's files are let go of only after another has taken its place.
            if (VectorSnapshot.TryTake(_state) is { } snapshot)
                return snapshot;
        }
    }

    /// <inheritdoc cref="VectorSnapshot.Search"/>
    public IReadOnlyList<VectorHit> Search(
        ReadOnlySpan<float> query, int count, RowSet? allowed = null, bool exact = false, CancellationToken cancellationToken = default)
    {
        using var snapshot = Acquire();
        return snapshot.Search(query, count, allowed, exact, cancellationToken);
    }

    /// <summary>
    /// Puts papers' vectors into the index, replacing those it had; from then on it reflects <paramref name="reached"/>. A
    /// vector of zeros says that the paper has none. After an exception the index is as it was.
    /// </summary>
    /// <param name="papers">The vectors.</param>
    /// <param name="reached">What the index reflects with them.</param>
    /// <param name="textHashes">For each what <see cref="TextHashOf"/> gives back, or null where nobody asks.</param>
    /// <exception cref="ArgumentException">A vector has another dimension or is not finite.</exception>
    public void Write(IReadOnlyList<(long PaperId, ReadOnlyMemory<float> Vector)> papers, ContentVersion reached, IReadOnlyList<ulong>? textHashes = null)
    {
        RequireWriter();
        var state = _state;
        var encoding = state.Files.Encoding;
        var last = new Dictionary<long, int>(papers.Count);
        for (var i = 0; i < papers.Count; i++)
            last[papers[i].PaperId] = i;

        var batches = new List<EncodedRows>();
        for (var i = 0; i < papers.Count; i++)
        {
            var (paperId, vector) = papers[i];
            if (!Validated(paperId, vector.Span) || last[paperId] != i)
                continue;
            if (batches.Count == 0 || batches[^1].IsFull)
                batches.Add(new EncodedRows(encoding.Shape, Math.Min(RowsPerWrite, papers.Count)));
            batches[^1].Add(paperId, textHashes?[i] ?? 0, vector.Span, encoding);
        }

        var died = RowsOf(state, last.Keys);
        var rows = state.Rows + batches.Sum(batch => batch.Count);
        state.Files.Reserve(rows, state.Deletions + died.Count);
        var row = state.Rows;
        foreach (var batch in batches)
        {
            state.Files.Write(row, batch);
            row += batch.Count;
        }
        state.Files.WriteDeletions(state.Deletions, [.. died]);

        _state = state.With(rows, TableFor(state, batches, rows), died, reached);
    }

    /// <summary>What identifies the text that a paper's vector was made of; null when it has none or that was not said.</summary>
    public ulong? TextHashOf(long paperId)
    {
        RequireWriter();
        var state = _state;
        return state.RowOf(paperId) is >= 0 and var row && state.Files.TextHash(row) is not 0 and var hash ? hash : null;
    }

    /// <summary>Removes papers' vectors.</summary>
    public void Delete(IReadOnlyCollection<long> paperIds)
    {
        RequireWriter();
        var state = _state;
        var died = RowsOf(state, paperIds.Distinct());
        state.Files.Reserve(state.Rows, state.Deletions + died.Count);
        state.Files.WriteDeletions(state.Deletions, [.. died]);
        _state = state.With(state.Rows, state.Table, died, state.Version);
    }

    /// <summary>
    /// Makes durable what was written. When much was replaced or deleted, or the index has grown manifold since its codes
    /// were centred, all of it is rewritten.
    /// </summary>
    public void Commit()
    {
        RequireWriter();
        if (!HasUncommitted)
            return;
        if (NeedsRewriting)
            Rewrite();
        else
            Commit(_state, _committed);
    }

    /// <summary>Makes what another process has committed visible here.</summary>
    /// <returns>False when what it left cannot be read; searches go on with what was read before.</returns>
    public bool Refresh()
    {
        if (CanWrite)
            return true;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (VectorManifest.Read(_folder) is not { } manifest)
                    return false;
                if (manifest.Build == _committed.Build)
                    ReadFurther(manifest);
                else
                    Replace(manifest, Load(_folder, manifest, canWrite: false));
                return true;
            }
            catch (FileNotFoundException) when (attempt < OpeningAttempts)
            {
                // The writer may have rewritten the index since the manifest was read.
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException)
            {
                _log.LogWarning(exception, "The vector index in '{Folder}' cannot be read any further.", _folder);
                return false;
            }
        }
    }

    /// <summary>Reads every file and compares checksums.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public void Verify()
    {
        using var snapshot = Acquire();
        _state.Files.Verify(_committed, 0, 0);
    }

    /// <summary>Closes without committing; snapshots on loan stay valid.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _state.Files.Release();
        _lock?.Dispose();
    }

    private bool NeedsRewriting =>
        (_state.Deletions >= LeastDeletionsToRewrite && _state.Deletions >= _state.Count / 4)
        || (_state.Count >= LeastRowsToCenter && _state.Count / 4 >= _committed.CenteredOn);

    private static VectorIndex? OpenExisting(
        string folder, string modelId, int dimensions, string lineage, FileLock writerLock, ILogger log)
    {
        try
        {
            if (VectorManifest.Read(folder) is not { } manifest)
                return null;
            if (manifest.ModelId != modelId || manifest.Dimensions != dimensions)
                log.LogInformation("The vector index in '{Folder}' is of another embedding model; it is built anew.", folder);
            else if (manifest.Version.Lineage != lineage)
                log.LogInformation("The vector index in '{Folder}' belongs to another history of the database; it is built anew.", folder);
            else
                return new VectorIndex(folder, writerLock, manifest, Load(folder, manifest, canWrite: true), log);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException)
        {
            log.LogWarning("The vector index in '{Folder}' cannot be used and is built anew. {Reason}", folder, exception.Message);
        }
        return null;
    }

    private static VectorIndex StartEmpty(
        string folder, string modelId, VectorShape shape, string lineage, FileLock writerLock, ILogger log)
    {
        var files = VectorFiles.Create(folder, NewBuild(), new VectorEncoding(shape, new float[shape.Dimensions]));
        try
        {
            var state = Empty(files, new ContentVersion(lineage, 0), capacity: 0);
            var manifest = new VectorManifest
            {
                Build = files.Build,
                ModelId = modelId,
                Dimensions = shape.Dimensions,
                Version = state.Version,
                Rows = 0,
                Deletions = 0,
                Center = files.Encoding.Center,
                CenteredOn = 0,
                Checksums = NoChecksums,
            };
            manifest.Write(folder);
            return new VectorIndex(folder, writerLock, manifest, state, log);
        }
        catch
        {
            files.Release();
            throw;
        }
    }

    private static ulong[][] NoChecksums => [[], [], [], [], [], [], []];

    private static string NewBuild() => Guid.NewGuid().ToString("N");

    private static VectorState Empty(VectorFiles files, ContentVersion version, int capacity) =>
        new(files, files.Chunks, 0, new RowTable(capacity), [], 0, version);

    private static VectorState Load(string folder, VectorManifest manifest, bool canWrite)
    {
        var files = VectorFiles.Open(folder, manifest, canWrite);
        try
        {
            files.Verify(manifest, 0, 0);
            return Further(Empty(files, manifest.Version, manifest.Rows), manifest);
        }
        catch
        {
            files.Release();
            throw;
        }
    }

    // Takes in what the files hold beyond a state.
    private static VectorState Further(VectorState state, VectorManifest manifest)
    {
        var died = new int[manifest.Deletions - state.Deletions];
        for (var i = 0; i < died.Length; i++)
            died[i] = state.Files.Deletion(state.Deletions + i);
        var table = manifest.Rows > state.Table.Capacity ? new RowTable(2 * manifest.Rows) : state.Table;
        var further = state.With(manifest.Rows, table, died, manifest.Version);
        for (var row = table == state.Table ? state.Rows : 0; row < manifest.Rows; row++)
            table.Add(further.PaperIdOf(row), row);
        return further;
    }

    private static List<int> RowsOf(VectorState state, IEnumerable<long> paperIds)
    {
        var rows = new List<int>();
        foreach (var paperId in paperIds)
        {
            if (state.RowOf(paperId) is >= 0 and var row)
                rows.Add(row);
        }
        return rows;
    }

    private static RowTable TableFor(VectorState state, List<EncodedRows> batches, int rows)
    {
        var table = state.Table;
        if (rows > table.Capacity)
        {
            table = new RowTable(2 * rows);
            for (var old = 0; old < state.Rows; old++)
                table.Add(state.PaperIdOf(old), old);
        }
        var row = state.Rows;
        foreach (var batch in batches)
        {
            for (var i = 0; i < batch.Count; i++)
                table.Add(batch.PaperIdOf(i), row++);
        }
        return table;
    }

    private bool Validated(long paperId, ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"The vector of paper {paperId} has {vector.Length} dimensions where the index has {Dimensions}: embed it with '{ModelId}'.", nameof(vector));
        var isZero = true;
        foreach (var x in vector)
        {
            if (!float.IsFinite(x))
                throw new ArgumentException($"The vector of paper {paperId} has components that are not finite numbers: the model '{ModelId}' is at fault.", nameof(vector));
            isZero &= x == 0;
        }
        return !isZero;
    }

    private void ReadFurther(VectorManifest manifest)
    {
        var state = _state;
        var files = state.Files;
        files.Reserve(manifest.Rows, manifest.Deletions);
        files.Verify(manifest, state.Rows, state.Deletions);
        _state = Further(state, manifest);
        _committed = manifest;
    }

    private void Commit(VectorState state, VectorManifest former)
    {
        state.Files.Flush();
        var manifest = former with
        {
            Build = state.Files.Build,
            Version = state.Version,
            Rows = state.Rows,
            Deletions = state.Deletions,
            Center = state.Files.Encoding.Center,
            Checksums = state.Files.Checksums(former.Checksums, former.Rows, former.Deletions, state.Rows, state.Deletions),
        };
        manifest.Write(_folder);
        _committed = manifest;
    }

    // Copies the live rows into the files of a new build, with codes relative to where their mean is now.
    private void Rewrite()
    {
        var former = _state;
        var encoding = new VectorEncoding(former.Files.Shape, MeanOf(former));
        var files = VectorFiles.Create(_folder, NewBuild(), encoding);
        VectorState state;
        try
        {
            state = CopyOf(former, files);
            Commit(state, _committed with { Rows = 0, Deletions = 0, CenteredOn = state.Count, Checksums = NoChecksums });
        }
        catch
        {
            files.Release();
            throw;
        }
        Replace(_committed, state);
        DeleteOtherBuilds();
    }

    private static unsafe VectorState CopyOf(VectorState former, VectorFiles files)
    {
        var stride = files.Shape.Stride;
        var state = Empty(files, former.Version, former.Count);
        var batch = new EncodedRows(files.Shape, RowsPerWrite);
        var written = 0;
        files.Reserve(former.Count, 0);
        for (var row = 0; row < former.Rows; row++)
        {
            if (former.IsDead(row))
                continue;
            var (chunk, inChunk) = Math.DivRem(row, VectorShape.RowsPerChunk);
            var vector = new ReadOnlySpan<sbyte>(former.Chunks[chunk].Vectors + ((long)inChunk * stride), stride);
            var lastBits = new ReadOnlySpan<byte>(former.Chunks[chunk].LastBits + ((long)inChunk * files.Shape.CodeBytes), files.Shape.CodeBytes);
            batch.Add(former.PaperIdOf(row), former.Files.TextHash(row), vector, lastBits, former.Chunks[chunk].Scales[inChunk], files.Encoding);
            state.Table.Add(former.PaperIdOf(row), written + batch.Count - 1);
            if (batch.IsFull)
                WriteOut();
        }
        WriteOut();
        return state.With(written, state.Table, [], former.Version);

        void WriteOut()
        {
            files.Write(written, batch);
            written += batch.Count;
            batch.Clear();
        }
    }

    private static unsafe float[] MeanOf(VectorState state)
    {
        const int Sample = 65_536;
        var shape = state.Files.Shape;
        var sums = new double[shape.Dimensions];
        var step = Math.Max(1, state.Count / Sample);
        var seen = 0;
        for (var row = 0; row < state.Rows; row += step)
        {
            if (state.IsDead(row))
                continue;
            var (chunk, inChunk) = Math.DivRem(row, VectorShape.RowsPerChunk);
            var vector = new ReadOnlySpan<sbyte>(state.Chunks[chunk].Vectors + ((long)inChunk * shape.Stride), shape.Dimensions);
            var scale = state.Chunks[chunk].Scales[inChunk];
            for (var i = 0; i < sums.Length; i++)
                sums[i] += 2 * vector[i] * scale;
            seen++;
        }
        return [.. sums.Select(sum => (float)(sum / Math.Max(1, seen)))];
    }

    private void Replace(VectorManifest manifest, VectorState state)
    {
        var former = _state;
        _committed = manifest;
        _state = state;
        former.Files.Release();
    }

    private void DeleteOtherBuilds()
    {
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            var name = Path.GetFileName(file);
            if (name is IndexLock.FileName or VectorManifest.FileName || name.StartsWith(_committed.Build, StringComparison.Ordinal))
                continue;
            try
            {
                File.Delete(file);
            }
            catch (IOException)
            {
                // Some systems delete no file that another process has mapped; the next rewriting does.
            }
        }
    }

    private void RequireWriter()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!CanWrite)
            throw new InvalidOperationException("The vector index was opened to read it only.");
    }
}
