using System.IO.Compression;
using System.Text.Json;

namespace DailyPapers.Lab.Retrieval;

/// <summary>What training reads of a paper.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Abstract">Its abstract; empty when it has none.</param>
/// <param name="Keywords">Its keywords; empty when it has none.</param>
public sealed record TrainingPaper(string Title, string Abstract, IReadOnlyList<string> Keywords)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Reads papers from JSON lines with <c>title</c>, <c>abstract</c> and <c>keywords</c>; a name that ends in <c>.gz</c> is decompressed.</summary>
    /// <exception cref="InvalidDataException">A line is no JSON object or has no title; the message names the line.</exception>
    public static IReadOnlyList<TrainingPaper> ReadAll(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using Stream stored = File.OpenRead(path);
        using var text = new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stored, CompressionMode.Decompress) : stored);
        var papers = new List<TrainingPaper>();
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
                papers.Add(Read(line, path, number));
        }
        return papers;
    }

    private static TrainingPaper Read(string line, string path, int number)
    {
        try
        {
            if (JsonSerializer.Deserialize<Line>(line, Options) is not { Title: { Length: > 0 } title } paper)
                throw new InvalidDataException($"Line {number} of '{path}' has no title.");
            return new TrainingPaper(title, paper.Abstract ?? "", [.. (paper.Keywords ?? []).Where(keyword => !string.IsNullOrWhiteSpace(keyword))]);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"Line {number} of '{path}' is not a JSON object with title, abstract and keywords: {exception.Message}", exception);
        }
    }

    private sealed record Line(string? Title, string? Abstract, string[]? Keywords);
}
