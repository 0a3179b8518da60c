using System.IO.Hashing;
using System.Text.Json;
using DailyPapers.Search.Embedding;

namespace DailyPapers.Search.Semantic;

/// <summary>The folder of one model's vectors: the index itself, and beside it, once the vectors are complete, how to open the model again.</summary>
internal sealed class VectorFolder(string path)
{
    private const string RecordFile = "model.json";

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Where the index lies, alone: it clears away what it does not know.</summary>
    public string IndexPath => System.IO.Path.Combine(Path, "index");

    private string RecordPath => System.IO.Path.Combine(Path, RecordFile);

    /// <summary>True once every paper there was has had its vector: from then on searches may use them.</summary>
    public bool IsComplete => File.Exists(RecordPath);

    /// <summary>All folders below <paramref name="root"/>, the last completed first.</summary>
    public static IReadOnlyList<VectorFolder> In(string root) => Directory.Exists(root)
        ? [.. new DirectoryInfo(root).EnumerateDirectories().Select(d => new VectorFolder(d.FullName)).OrderByDescending(f => File.GetLastWriteTimeUtc(f.RecordPath))]
        : [];

    /// <summary>The model's record, or null when it is missing, cannot be read, or is not as it was written.</summary>
    public EmbeddingModelRecord? ReadRecord()
    {
        try
        {
            return File.Exists(RecordPath)
                && JsonSerializer.Deserialize<Checked>(File.ReadAllText(RecordPath)) is { Model: not null } read
                && read.Checksum == ChecksumOf(read.Model)
                ? read.Model
                : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>Says that the vectors are complete.</summary>
    public void WriteRecord(EmbeddingModelRecord record)
    {
        var beside = RecordPath + ".new";
        File.WriteAllText(beside, JsonSerializer.Serialize(new Checked(ChecksumOf(record), record)));
        File.Move(beside, RecordPath, overwrite: true);
    }

    /// <summary>Says that the vectors are no longer complete.</summary>
    public void RemoveRecord() => File.Delete(RecordPath);

    /// <summary>Removes the folder with all in it.</summary>
    public void Delete() => Directory.Delete(Path, recursive: true);

    private static string ChecksumOf(EmbeddingModelRecord record) =>
        XxHash3.HashToUInt64(JsonSerializer.SerializeToUtf8Bytes(record)).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    // A record that a damaged disk has altered might send queries to another address: it is not used.
    private sealed record Checked(string Checksum, EmbeddingModelRecord Model);
}
