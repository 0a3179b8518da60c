using DailyPapers.Search.Embedding;
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
    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private SharedModel? _configured;
    private Serving? _growing;
    private volatile Serving? _serving;
    private volatile IndexBuild? _building;
    private volatile string? _error;

    /// <summary>How many papers have a vector that searches use.</summary>
    public int Count => _serving?.Vectors.Count ?? 0;

    /// <summary>Borrows the vectors, or returns null while there are none to search.</summary>
    internal MeaningLease? Acquire()
    {
        // Whatever is disposed has had its place taken before: then the next look finds another, or none.
        while (_serving is { } serving)
        {
            if (!serving.Model.TryUse())
                continue;
            try
            {
                return new MeaningLease(serving.Model, serving.Vectors.Acquire());
            }
            catch (ObjectDisposedException)
            {
                serving.Model.Release();
            }
        }
        return null;
    }

    /// <summary>Where the vectors stand beside the database as it is <paramref name="now"/>; null when the settings want none.</summary>
    public SemanticStatus? StatusAt(ContentVersion now)
    {
        if (!models.IsConfigured)
            return null;
        var (serving, configured, building, error) = (_serving, _configured?.Model, _building, _error);
        var isConfigured = serving is not null && serving.Model.Model.Id == configured?.Id;
        var reached = serving?.Vectors.Version ?? new ContentVersion("", 0);
        return new SemanticStatus(
            serving?.Model.Model.Name,
            serving?.Vectors.Count ?? 0,
            isConfigured && error is null && reached.Lineage == now.Lineage && reached.Number >= now.Number,
            isConfigured ? null : configured?.Name,
            building,
            error);
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
            if (_error is not null)
                log.LogInformation("Papers are embedded again.");
            _error = null;
            return outcome;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            if (_error != exception.Message)
                log.LogWarning("Papers cannot be embedded; searches go by what there is. It is tried again. {Reason}", exception.Message);
            _error = exception.Message;
            if (exception is not EmbeddingException)
                LetGo();
            return CatchUpOutcome.Unavailable;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var (serving, growing) = (_serving, _growing);
        _serving = null;
        try
        {
            if (growing is { Vectors.CanWrite: true })
                growing.Vectors.Commit();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(exception, "The vectors could not be written at the end; they catch up at the next start.");
        }
        if (serving != growing)
            serving?.Dispose();
        growing?.Dispose();
        _configured?.Release();
        _turn.Dispose();
    }

    private async Task<CatchUpOutcome> GrowAsync(IProgress<IndexBuild>? progress, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = await db.ReadContentVersionAsync(cancellationToken);
        if (_growing is { } old && old.Vectors.Version.Lineage != now.Lineage && old.Vectors.CanWrite)
            LetGo();
        if (_growing is not { Vectors.CanWrite: true } && !await TryOpenAsync(now, cancellationToken))
        {
            _building = null;
            return CatchUpOutcome.WrittenElsewhere;
        }

        var growing = _growing!;
        if (!await EmbedNewAsync(db, growing, now, progress, cancellationToken))
            return await GrowAsync(progress, cancellationToken);
        growing.Vectors.Commit();
        if (!growing.Folder.IsComplete)
            growing.Folder.WriteRecord(await growing.Model.Model.RecordAsync(cancellationToken));
        _building = null;
        if (_serving != growing)
            Serve(growing);
        return CatchUpOutcome.Current;
    }

    private async Task<bool> TryOpenAsync(ContentVersion now, CancellationToken cancellationToken)
    {
        var model = _configured ??= new SharedModel(await models.OpenAsync(cancellationToken) ?? throw new InvalidOperationException("No model is configured."));
        var folder = new VectorFolder(Path.Combine(data.VectorsDirectory, model.Model.Id));
        if (VectorIndex.OpenToWrite(folder.IndexPath, model.Model.Id, model.Model.Dimensions, now.Lineage, log) is not { } vectors)
        {
            await ReadAlongAsync(model, folder, cancellationToken);
            return false;
        }
        // Where this process read along, the one that wrote has ended.
        LetGo();
        _growing = new Serving(model, vectors, folder);
        RemoveUnfitRecord(folder, vectors);
        if (folder.IsComplete)
            Serve(_growing);
        else if (_serving is null)
            await ServeOldAsync(folder, cancellationToken);
        return true;
    }

    private void RemoveUnfitRecord(VectorFolder folder, VectorIndex vectors)
    {
        // Begun anew, they are not complete, whatever was before them.
        if (vectors.Version.Number == 0)
        {
            folder.RemoveRecord();
        }
        else if (folder.IsComplete && folder.ReadRecord() is null)
        {
            log.LogWarning("The record of the embedding model in '{Folder}' is damaged; it is written anew.", folder.Path);
            folder.RemoveRecord();
        }
    }

    // Another process writes these vectors; this one searches what that one has committed.
    private async Task ReadAlongAsync(SharedModel model, VectorFolder folder, CancellationToken cancellationToken)
    {
        if (_growing is { } growing)
            growing.Vectors.Refresh();
        else if (folder.IsComplete && VectorIndex.OpenToRead(folder.IndexPath, log) is { } vectors)
            TakePlace(_growing = new Serving(model, vectors, folder));
        else if (_serving is null)
            await ServeOldAsync(folder, cancellationToken);
    }

    private async Task ServeOldAsync(VectorFolder except, CancellationToken cancellationToken)
    {
        foreach (var folder in VectorFolder.In(data.VectorsDirectory).Where(f => f.Path != except.Path && f.IsComplete))
        {
            if (folder.ReadRecord() is not { } record || await ReopenedAsync(record, cancellationToken) is not { } model)
                continue;
            var vectors = OldVectors(folder);
            if (vectors?.ModelId == model.Id)
            {
                var shared = new SharedModel(model);
                TakePlace(new Serving(shared, vectors, folder));
                shared.Release();
                log.LogInformation("Papers are embedded by another model now; until all are, searches use the vectors of {Model}.", model.Name);
                return;
            }
            vectors?.Dispose();
            model.Dispose();
        }
    }

    private VectorIndex? OldVectors(VectorFolder folder)
    {
        try
        {
            return VectorIndex.OpenToRead(folder.IndexPath, log);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            log.LogWarning("The old vectors cannot be read; searches go by words until the new ones are complete. {Reason}", exception.Message);
            return null;
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

    /// <returns>False when a backup was restored meanwhile: these vectors belong to a history that is no more.</returns>
    private async Task<bool> EmbedNewAsync(PapersDb db, Serving growing, ContentVersion now, IProgress<IndexBuild>? progress, CancellationToken cancellationToken)
    {
        var vectors = growing.Vectors;
        var (committed, told) = (time.GetTimestamp(), time.GetTimestamp());
        if (await StartedBuildAsync(db, vectors.Version.Number, now, cancellationToken) is { } started)
        {
            log.LogInformation("{Left} of {Total} papers are to be embedded by {Model}.", started.Total - started.Done, started.Total, growing.Model.Model.Name);
            Report(started);
        }
        while (vectors.Version.Number < now.Number)
        {
            var page = await ChangedPapers<EmbeddedPaper>.ReadAsync(db, vectors.Version.Number, now, PageSize, EmbeddedPaper.FromPaper, p => p.ChangeSequence, cancellationToken);
            if ((await db.ReadContentVersionAsync(cancellationToken)).Lineage != now.Lineage)
                return false;
            await EmbedAsync(growing, page, cancellationToken);
            if (_building is { } building)
                Report(building with { Done = Math.Min(building.Done + page.Papers.Count, building.Total) });
            if (time.GetElapsedTime(committed) >= CommitInterval)
            {
                vectors.Commit();
                committed = time.GetTimestamp();
            }
            if (time.GetElapsedTime(told) >= TellInterval && _building is { } sofar)
            {
                log.LogInformation("{Done} of {Total} papers are embedded.", sofar.Done, sofar.Total);
                told = time.GetTimestamp();
            }
        }
        if (_building is not null)
            log.LogInformation("All papers are embedded by {Model}.", growing.Model.Model.Name);
        return true;

        void Report(IndexBuild build)
        {
            _building = build;
            progress?.Report(build);
        }
    }

    // After a failure or a restart it counts on from where it was.
    private static async Task<IndexBuild?> StartedBuildAsync(PapersDb db, long from, ContentVersion now, CancellationToken cancellationToken)
    {
        if (now.Number - from <= PageSize)
            return null;
        var left = await db.Papers.CountAsync(p => p.ChangeSequence > from, cancellationToken);
        var total = await db.Papers.CountAsync(cancellationToken);
        return left > PageSize ? new IndexBuild(Math.Max(0, total - left), total) : null;
    }

    private static async Task EmbedAsync(Serving growing, ChangedPapers<EmbeddedPaper> page, CancellationToken cancellationToken)
    {
        var (model, vectors) = (growing.Model.Model, growing.Vectors);
        var rows = new List<(long, ReadOnlyMemory<float>)>();
        var hashes = new List<ulong>();
        // An upvote is a change too: what is embedded already is not embedded again.
        var changed = page.Papers
            .Select(paper => (paper.Id, Text: paper.Text(model.Description.TitleCount)))
            .Select(paper => (paper.Id, paper.Text, Hash: EmbeddedPaper.HashOf(paper.Text)))
            .Where(paper => vectors.TextHashOf(paper.Id) != paper.Hash);
        foreach (var batch in changed.Chunk(model.BatchSize))
        {
            var embedded = await model.EmbedDocumentsAsync([.. batch.Select(paper => paper.Text)], cancellationToken);
            for (var i = 0; i < batch.Length; i++)
            {
                rows.Add((batch[i].Id, embedded[i] ?? new float[model.Dimensions]));
                hashes.Add(batch[i].Hash);
            }
        }
        vectors.Write(rows, page.Reached, hashes);
    }

    private void Serve(Serving serving)
    {
        TakePlace(serving);
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

    private void TakePlace(Serving serving)
    {
        var before = _serving;
        _serving = serving;
        if (before is not null && before != serving)
            before.Dispose();
    }

    private void LetGo()
    {
        if (_growing is not { } growing)
            return;
        if (_serving == growing)
            _serving = null;
        _growing = null;
        growing.Dispose();
    }

    private sealed class Serving : IDisposable
    {
        private bool _isDisposed;

        public Serving(SharedModel model, VectorIndex vectors, VectorFolder folder)
        {
            ObjectDisposedException.ThrowIf(!model.TryUse(), model);
            (Model, Vectors, Folder) = (model, vectors, folder);
        }

        public SharedModel Model { get; }

        public VectorIndex Vectors { get; }

        public VectorFolder Folder { get; }

        public void Dispose()
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            Vectors.Dispose();
            Model.Release();
        }
    }
}
