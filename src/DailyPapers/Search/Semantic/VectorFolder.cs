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

    /// <summary>The model's record, or null when it is missing or cannot be read.</summary>
    public EmbeddingModelRecord? ReadRecord()
    {
        try
        {
            return File.Exists(RecordPath) ? JsonSerializer.Deserialize<EmbeddingModelRecord>(File.ReadAllText(RecordPath)) : null;
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
        File.WriteAllText(beside, JsonSerializer.Serialize(record));
        File.Move(beside, RecordPath, overwrite: true);
    }

    /// <summary>Says that the vectors are no longer complete.</summary>
    public void RemoveRecord() => File.Delete(RecordPath);

    /// <summary>Removes the folder with all in it.</summary>
    public void Delete() => Directory.Delete(Path, recursive: true);
}
