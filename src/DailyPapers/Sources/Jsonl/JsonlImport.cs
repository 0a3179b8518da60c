using System.Globalization;
using System.Text;
using System.Threading.Channels;
using DailyPapers.Papers;

namespace DailyPapers.Sources.Jsonl;

/// <summary>
/// Imports papers from a file of JSON objects, one a line, gzipped or not. One thread reads and parses while another
/// stores; each batch and the cursor behind it are one transaction, so that a killed import goes on behind it.
/// </summary>
public sealed class JsonlImport
{
    internal const string Name = "JSON lines";
    internal const string Source = "jsonl";
    private const int LongestExcerpt = 200;
    private const int BatchesAhead = 2;
    // A batch of very long lines is stored early, to keep memory flat.
    private const int MostBatchBytes = 16 * 1024 * 1024;

    private readonly PaperIntake _intake;
    private readonly SourceCursors _cursors;
    private readonly TimeProvider _time;

    internal JsonlImport(PaperIntake intake, SourceCursors cursors, TimeProvider time)
    {
        _intake = intake;
        _cursors = cursors;
        _time = time;
    }

    /// <summary>Imports the file at <paramref name="path"/>, going on where an interrupted import of the same file stopped.</summary>
    /// <returns>The counts of this run; those of an interrupted run before it are not included.</returns>
    /// <exception cref="SourceException">The file cannot be read; what was read before is stored.</exception>
    public async Task<SourceSummary> RunAsync(string path, JsonlImportOptions? options = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new JsonlImportOptions();
        var file = FileFingerprint.Of(path);
        var key = SourceCursors.KeyOf(Source, file.Path);
        var state = await _cursors.ReadAsync<State>(key, cancellationToken);
        if (state is null || state.File != file || (options.RejectsPath is { } report && !RejectsFile.Continues(report, state.RejectsLength)))
            state = new State { File = file };
        var summary = new SourceSummary
        {
            ResumedFrom = state.Line == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"line {state.Line + 1:N0}"),
        };
        using var reader = new JsonLineReader(file.Path, options.MaxLineBytes, state.Line, state.Position);
        using var rejects = options.RejectsPath is { } rejectsPath ? new RejectsFile(rejectsPath, state.RejectsLength ?? 0) : null;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<FileBatch>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(reader, options, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            var began = _time.GetTimestamp();
            await foreach (var batch in batches.Reader.ReadAllAsync(stop.Token))
            {
                rejects?.Append(batch.Batch.Rejects);
                var behind = new State { File = file, Line = batch.Line, Position = batch.Position, RejectsLength = rejects?.Length };
                var result = await _intake.StoreAsync(batch.Batch.Records, (db, _, token) => _cursors.WriteAsync(db, key, behind, token), cancellationToken);
                summary = summary.Plus(result, batch.Batch.Records.Count, batch.Batch.Rejects);
                var seconds = Math.Max(_time.GetElapsedTime(began).TotalSeconds, 0.001);
                progress?.Report(new ImportProgress(batch.FilePosition, file.Length, batch.Line, summary.Rejected, summary.Accepted / seconds));
            }
            await reading;
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        rejects?.Complete();
        await _cursors.RemoveAsync(key, cancellationToken);
        return summary;
    }

    /// <summary>Reads the file to its end, or until reading fails; either way what was read is handed on first.</summary>
    private static async Task ReadAsync(JsonLineReader reader, JsonlImportOptions options, ChannelWriter<FileBatch> batches, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var batch = new RecordBatch(Source);
            var bytes = 0;
            JsonLine last = default;
            try
            {
                while (reader.TryRead(out var line))
                {
                    last = line;
                    bytes += line.Bytes.Length;
                    Add(batch, line, options);
                    if (batch.Count < options.BatchSize && bytes < MostBatchBytes)
                        continue;
                    await batches.WriteAsync(new FileBatch(batch, line.Number, line.End, line.FilePosition), cancellationToken);
                    (batch, bytes) = (new RecordBatch(Source), 0);
                }
            }
            catch (SourceException exception)
            {
                failure = exception;
            }
            if (batch.Count > 0)
                await batches.WriteAsync(new FileBatch(batch, last.Number, last.End, last.FilePosition), cancellationToken);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        batches.Complete(failure);
    }

    private static void Add(RecordBatch batch, JsonLine line, JsonlImportOptions options)
    {
        var number = line.Number.ToString(CultureInfo.InvariantCulture);
        if (line.IsTooLong)
            batch.Reject(number, new FieldProblem("line", $"has more than {options.MaxLineBytes:N0} bytes"), Excerpt(line.Bytes));
        else if (line.Bytes.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            batch.Add(number, () => JsonlRecord.Read(line.Bytes), () => Excerpt(line.Bytes));
    }

    private static string Excerpt(ReadOnlyMemory<byte> line)
    {
        var text = FieldText.Line(Encoding.UTF8.GetString(line.Span[..Math.Min(line.Length, 4 * LongestExcerpt)])) ?? "";
        if (text.Length <= LongestExcerpt)
            return text;
        return text[..(char.IsHighSurrogate(text[LongestExcerpt - 1]) ? LongestExcerpt - 1 : LongestExcerpt)] + "…";
    }

    private sealed record FileBatch(RecordBatch Batch, long Line, long Position, long FilePosition);

    private sealed record State
    {
        public required FileFingerprint File { get; init; }

        public long Line { get; init; }

        public long Position { get; init; }

        /// <summary>Bytes of the rejects report that belong to these lines; null when none was kept.</summary>
        public long? RejectsLength { get; init; }
    }
}
