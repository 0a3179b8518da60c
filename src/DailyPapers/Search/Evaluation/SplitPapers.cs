using System.Text.Json;

namespace DailyPapers.Search.Evaluation;

/// <summary>Reads papers from JSON lines, the form that <c>papers import</c> takes: <c>title</c>, <c>abstract</c>, <c>keywords</c>, <c>authors</c>, <c>year</c>.</summary>
public static class SplitPapers
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Reads a file, gzipped or not. Of papers with the same <see cref="PaperKey"/> the first is kept.</summary>
    /// <exception cref="EvaluationFormatException">A line is no paper.</exception>
    public static IReadOnlyList<SplitPaper> Read(string file)
    {
        var papers = new List<SplitPaper>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, line) in TextLines.Of(file))
        {
            var paper = Parse(file, number, line);
            if (string.IsNullOrWhiteSpace(paper.Title))
                throw new EvaluationFormatException(file, number, "The field \"title\" is absent or empty.");
            if (keys.Add(PaperKey.Of(paper.Title)))
                papers.Add(new SplitPaper(paper.Title, paper.Abstract ?? "", paper.Keywords ?? [], paper.Authors ?? [], paper.Year));
        }
        return papers.Count > 0 ? papers : throw new EvaluationFormatException(file, 0, "There is no paper in this file.");
    }

    private static Line Parse(string file, long number, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, Options) ?? throw new EvaluationFormatException(file, number, "A JSON object is expected, not null.");
        }
        catch (JsonException exception)
        {
            throw new EvaluationFormatException(file, number, $"This line is no JSON object of the expected fields{(exception.Path is { Length: > 1 } path ? $" (see {path[2..]})" : "")}: {exception.Message}", exception);
        }
    }

    private sealed record Line(string? Title, string? Abstract, string[]? Authors, string[]? Keywords, int? Year);
}
