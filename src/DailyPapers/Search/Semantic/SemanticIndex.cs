using DailyPapers.Search.Embedding;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Vectors;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Search.Semantic;

/// <summary>
/// The papers' vectors on this machine, kept to what the database holds. When the settings name another model, its vectors
/// are made beside the old ones, and searches use the old ones until the new are complete.
/// </summary>
/// <remarks>Any number of threads search; <see cref="AdvanceAsync"/> is called by one at a time, or waits its turn.</remarks>
public sealed class SemanticIndex(
    DataDirectory data, EmbeddingModels models, IDbContextFactory<PapersDb> contexts, TimeProvider time, ILogger<SemanticIndex> log) : IDisposable
{
    private const int PageSize = 256;
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Serving? _serving;
    private Serving? _growing;
    private string? _reported;

    /// <summary>The progress while many papers are being embedded.</summary>
    public IndexBuild? Building { get; private set; }

    /// <summary>How many papers have a vector that searches use.</summary>
    public int Count => _serving?.Vectors.Count ?? 0;

    /// <summary>The model whose vectors searches use, or null.</summary>
    public string? ModelName => _serving?.Model.Name;

    /// <summary>Borrows the vectors, or returns null while there are none to search.</summary>
    internal MeaningLease? Acquire()
    {
        while (_serving is { } serving)
        {
            try
            {
                return new MeaningLease(serving.Model, serving.Vectors.Acquire());
            }
            catch (ObjectDisposedException) when (_serving != serving)
            {
                // Others took their place in this moment.
            }
        }
        return null;
    }

    /// <summary>Embeds what is new. Failures are logged once and tried again at the next call.</summary>
    public async Task<CatchUpOutcome> AdvanceAsync(IProgress<IndexBuild>? progress, CancellationToken cancellationToken)
    {
        if (!models.IsConfigured)
            return CatchUpOutcome.Current;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var outcome = await Task.Run(() => GrowAsync(progress, cancellationToken), cancellationToken);
            _reported = null;
            return outcome;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            if (_reported != exception.Message)
                log.LogWarning("Papers cannot be embedded; searches go by what there is. It is tried again. {Reason}", exception.Message);
            _reported = exception.Message;
            if (exception is not EmbeddingException)
                LetGo(ref _growing);
            return CatchUpOutcome.Unavailable;
        }
        finally
        {
            Building = null;
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (_growing is { Vectors.CanWrite: true } growing)
                growing.Vectors.Commit();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(exception, "The vectors could not be written at the end; they catch up at the next start.");
        }
        if (_serving != _growing)
            _serving?.Dispose();
        _growing?.Dispose();
        _turn.Dispose();
    }

    private async Task<CatchUpOutcome> GrowAsync(IProgress<IndexBuild>? progress, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = await db.ReadContentVersionAsync(cancellationToken);
        if (_growing is { } old && old.Vectors.Version.Lineage != now.Lineage && old.Vectors.CanWrite)
            LetGo(ref _growing);
        if (_growing is not { Vectors.CanWrite: true } && !await TryOpenAsync(now, cancellationToken))
            return CatchUpOutcome.WrittenElsewhere;

        var growing = _growing!;
        await EmbedNewAsync(db, growing, now, progress, cancellationToken);
        growing.Vectors.Commit();
        if (!growing.Folder.IsComplete)
            growing.Folder.WriteRecord(await growing.Model.RecordAsync(cancellationToken));
        if (_serving != growing)
            Serve(growing);
        return CatchUpOutcome.Current;
    }

    private async Task<bool> TryOpenAsync(ContentVersion now, CancellationToken cancellationToken)
    {
        var model = _growing?.Model ?? await models.OpenAsync(cancellationToken)
            ?? throw new InvalidOperationException("No model is configured.");
        var folder = new VectorFolder(Path.Combine(data.VectorsDirectory, model.Id));
        if (VectorIndex.OpenToWrite(folder.IndexPath, model.Id, model.Dimensions, now.Lineage, log) is not { } vectors)
        {
            ReadAlong(model, folder);
            return false;
        }
        if (_growing is { } readAlong)
        {
            // The process that wrote has ended.
            if (_serving == readAlong)
                _serving = null;
            readAlong.Vectors.Dispose();
        }
        _growing = new Serving(model, vectors, folder);
        // Begun anew, they are not complete, whatever was before them.
        if (vectors.Version.Number == 0)
            folder.RemoveRecord();
        if (folder.IsComplete)
            Serve(_growing);
        else if (_serving is null)
            await ServeOldAsync(folder, cancellationToken);
        return true;
    }

    // Another process writes these vectors; this one searches what that one has committed.
    private void ReadAlong(EmbeddingModel model, VectorFolder folder)
    {
        if (_growing is null && folder.IsComplete && VectorIndex.OpenToRead(folder.IndexPath, log) is { } vectors)
            _serving = _growing = new Serving(model, vectors, folder);
        else if (_growing is { } growing)
            growing.Vectors.Refresh();
        else
            model.Dispose();
    }

    private async Task ServeOldAsync(VectorFolder except, CancellationToken cancellationToken)
    {
        foreach (var folder in VectorFolder.In(data.VectorsDirectory).Where(f => f.Path != except.Path && f.IsComplete))
        {
            if (folder.ReadRecord() is not { } record || await ReopenedAsync(record, cancellationToken) is not { } model)
                continue;
            try
            {
                if (VectorIndex.OpenToRead(folder.IndexPath, log) is { } vectors && vectors.ModelId == model.Id)
                {
                    _serving = new Serving(model, vectors, folder);
                    log.LogInformation("Papers are embedded by another model now; until all are, searches use the vectors of {Model}.", model.Name);
                    return;
                }
            }
            catch (InvalidDataException exception)
            {
                log.LogWarning(exception, "The old vectors cannot be read; searches go by words until the new ones are complete.");
            }
            model.Dispose();
        }
    }

    private async Task<EmbeddingModel?> ReopenedAsync(EmbeddingModelRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await models.ReopenAsync(record, cancellationToken);
        }
        catch (EmbeddingException exception)
        {
            log.LogInformation("The model of the old vectors does not answer: {Reason}", exception.Message);
            return null;
        }
    }

    private async Task EmbedNewAsync(PapersDb db, Serving growing, ContentVersion now, IProgress<IndexBuild>? progress, CancellationToken cancellationToken)
    {
        var vectors = growing.Vectors;
        var (done, total) = (0, -1);
        var committed = time.GetTimestamp();
        while (vectors.Version.Number < now.Number)
        {
            var from = vectors.Version.Number;
            if (total < 0 && now.Number - from > PageSize)
                total = await db.Papers.CountAsync(p => p.ChangeSequence > from, cancellationToken);
            if (total > PageSize)
                progress?.Report((Building = new IndexBuild(done, total))!);
            var page = await db.Papers.AsNoTracking()
                .Where(p => p.ChangeSequence > from)
                .OrderBy(p => p.ChangeSequence)
                .Take(PageSize)
                .Select(EmbeddedPaper.FromPaper)
                .ToListAsync(cancellationToken);
            if ((await db.ReadContentVersionAsync(cancellationToken)).Lineage != now.Lineage)
                return;
            var rows = await EmbedAsync(growing.Model, page, cancellationToken);
            // Numbers become visible in their order: a page that is not full has everything up to what was read before it.
            var isLast = page.Count < PageSize;
            var reached = isLast ? Math.Max(now.Number, page.Count > 0 ? page[^1].ChangeSequence : 0) : page[^1].ChangeSequence;
            vectors.Write(rows, now with { Number = reached });
            done += page.Count;
            if (time.GetElapsedTime(committed) >= CommitInterval)
            {
                vectors.Commit();
                committed = time.GetTimestamp();
            }
        }
        if (total > PageSize)
            progress?.Report(new IndexBuild(done, done));
    }

    private static async Task<List<(long, ReadOnlyMemory<float>)>> EmbedAsync(EmbeddingModel model, List<EmbeddedPaper> papers, CancellationToken cancellationToken)
    {
        var rows = new List<(long, ReadOnlyMemory<float>)>(papers.Count);
        foreach (var batch in papers.Chunk(model.BatchSize))
        {
            var embedded = await model.EmbedDocumentsAsync([.. batch.Select(paper => paper.Text())], cancellationToken);
            for (var i = 0; i < batch.Length; i++)
                rows.Add((batch[i].Id, embedded[i] ?? new float[model.Dimensions]));
        }
        return rows;
    }

    private void Serve(Serving serving)
    {
        var before = _serving;
        _serving = serving;
        if (before is not null && before != serving)
            before.Dispose();
        foreach (var folder in VectorFolder.In(data.VectorsDirectory).Where(f => f.Path != serving.Folder.Path))
        {
            try
            {
                folder.Delete();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                log.LogDebug(exception, "Old vectors in '{Folder}' could not be removed.", folder.Path);
            }
        }
    }

    private void LetGo(ref Serving? growing)
    {
        if (growing is null)
            return;
        if (_serving == growing)
            _serving = null;
        growing.Dispose();
        growing = null;
    }

    private sealed record Serving(EmbeddingModel Model, VectorIndex Vectors, VectorFolder Folder) : IDisposable
    {
        public void Dispose()
        {
            Vectors.Dispose();
            Model.Dispose();
        }
    }
}
