using System.IO.Compression;
using System.Text.Json;
using DailyPapers.Papers;

namespace DailyPapers.Bench;

/// <summary>Reads a corpus of JSON lines as records; lines that are no valid record are left out.</summary>
internal static class CorpusReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IEnumerable<PaperRecord[]> Batches(FileInfo file, int size) => Records(file).Chunk(size);

    private static IEnumerable<PaperRecord> Records(FileInfo file)
    {
        using Stream stored = file.OpenRead();
        using var text = new StreamReader(file.Extension == ".gz" ? new GZipStream(stored, CompressionMode.Decompress) : stored);
        while (text.ReadLine() is { } line)
        {
            if (JsonSerializer.Deserialize<Line>(line, Options) is { Title: { Length: > 0 } title } paper)
            {
                var record = new PaperRecord
                {
                    Source = "jsonl",
                    Title = title,
                    Abstract = paper.Abstract,
                    Authors = [.. (paper.Authors ?? []).Where(name => name.Length > 0).Select(name => new Author { Name = name })],
                    Keywords = [.. (paper.Keywords ?? []).Where(keyword => keyword.Length > 0)],
                    Venue = paper.Venue,
                    Published = paper.Year is { } year ? new DateOnly(year, 1, 1) : null,
                    PublishedPrecision = DatePrecision.Year,
                };
                if (PaperRecordRules.FirstProblem(record) is null)
                    yield return record;
            }
        }
    }

    private sealed record Line(string? Title, string? Abstract, string[]? Authors, string[]? Keywords, string? Venue, int? Year);
}
