using System.Text.Encodings.Web;
using System.Text.Json;

namespace DailyPapers.Sources.Jsonl;

/// <summary>
/// Collects rejects beside their place and moves them there when the import is whole, so that a reader never sees half
/// of a report. What a killed import had not committed is cut off again.
/// </summary>
internal sealed class RejectsFile : IDisposable
{
    private const string Suffix = ".partial";
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;
    private readonly FileStream _partial;

    public RejectsFile(string path, long committedLength)
    {
        _path = Path.GetFullPath(path);
        try
        {
            _partial = new FileStream(PartialPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            _partial.SetLength(Math.Min(committedLength, _partial.Length));
            _partial.Position = _partial.Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(JsonlImport.Name, $"the rejects file '{_path}' cannot be written: {exception.Message}", "Name another.", exception);
        }
    }

    /// <summary>True when the report that an interrupted import left holds all it had committed.</summary>
    public static bool Continues(string path, long? committedLength) =>
        committedLength is { } length && new FileInfo(Path.GetFullPath(path) + Suffix) is { Exists: true } partial && partial.Length >= length;

    public long Length => _partial.Length;

    private string PartialPath => _path + Suffix;

    /// <summary>Appends and makes sure it is on the disk before the batch is committed.</summary>
    public void Append(IEnumerable<SourceReject> rejects)
    {
        foreach (var reject in rejects)
        {
            JsonSerializer.Serialize(_partial, new Row(long.Parse(reject.Position, System.Globalization.CultureInfo.InvariantCulture), reject.Field, reject.Reason, reject.Text), _json);
            _partial.WriteByte((byte)'\n');
        }
        _partial.Flush(flushToDisk: true);
    }

    /// <summary>Puts the report in its place; without rejects there is none, and an older one goes.</summary>
    public void Complete()
    {
        var isEmpty = _partial.Length == 0;
        _partial.Dispose();
        if (isEmpty)
        {
            File.Delete(PartialPath);
            File.Delete(_path);
        }
        else
        {
            File.Move(PartialPath, _path, overwrite: true);
        }
    }

    public void Dispose() => _partial.Dispose();

    private sealed record Row(long Line, string Field, string Reason, string? Text);
}
