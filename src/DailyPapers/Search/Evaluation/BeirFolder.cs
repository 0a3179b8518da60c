using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Search.Evaluation;

/// <summary>
/// A collection as BEIR lays it out: <c>corpus.jsonl</c> (<c>_id</c>, <c>title</c>, <c>text</c>, and of our own <c>keywords</c>,
/// <c>authors</c>, <c>year</c>), <c>queries.jsonl</c> (<c>_id</c>, <c>text</c>), <c>qrels/test.tsv</c>; each may be gzipped. TREC
/// topics and judgements may stand in for the last two.
/// </summary>
public static class BeirFolder
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads a collection.</summary>
    /// <param name="folder">The folder; its name becomes the collection's.</param>
    /// <param name="split">The judgements to use, a file in <c>qrels</c> without its ending.</param>
    /// <param name="topics">TREC topics or queries to use instead of the folder's, or null.</param>
    /// <param name="judgements">Judgements to use instead of the folder's, or null.</param>
    /// <exception cref="EvaluationFormatException">A file is absent or not what its format says.</exception>
    public static JudgedCollection Read(string folder, string split = "test", string? topics = null, string? judgements = null)
    {
        if (!Directory.Exists(folder))
            throw new EvaluationFormatException(folder, 0, "There is no such folder.");
        var queries = topics is null
            ? ReadQueries(FileIn(folder, "queries.jsonl") ?? throw Absent(folder, "queries.jsonl", "name a file of TREC topics"))
            : TrecTopics.Read(topics);
        var grades = Judgements.Read(judgements ?? JudgementsIn(folder, split));
        if (!queries.Any(query => grades.Contains(query.Id)))
            throw new EvaluationFormatException(folder, 0, $"No query has a judgement: the queries have ids like '{queries[0].Id}', the judgements like '{grades.QueryIds[0]}'.");
        var documents = ReadCorpus(FileIn(folder, "corpus.jsonl") ?? throw Absent(folder, "corpus.jsonl", "make it as BEIR describes"));
        return new JudgedCollection(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), documents, queries, grades);
    }

    /// <summary>Reads queries, one JSON object a line with <c>_id</c> (or <c>id</c>) and <c>text</c>.</summary>
    /// <exception cref="EvaluationFormatException">A line is no such object, or an id comes twice.</exception>
    public static IReadOnlyList<JudgedQuery> ReadQueries(string file)
    {
        var queries = new List<JudgedQuery>();
        foreach (var (id, _, line) in ReadLines(file))
            queries.Add(new JudgedQuery(id, line.Text!));
        return queries.Count > 0 ? queries : throw new EvaluationFormatException(file, 0, "There is no query in this file.");
    }

    /// <summary>Writes a collection, replacing files of the same names.</summary>
    public static void Write(string folder, JudgedCollection collection)
    {
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        using (var corpus = TextLines.Create(Path.Combine(folder, "corpus.jsonl.gz")))
        {
            foreach (var document in collection.Documents)
                WriteLine(corpus, LineOf(document));
        }
        using (var queries = TextLines.Create(Path.Combine(folder, "queries.jsonl")))
        {
            foreach (var query in collection.Queries)
                WriteLine(queries, new Line { BeirId = query.Id, Text = query.Text });
        }
        collection.Judgements.Write(Path.Combine(folder, "qrels", "test.tsv"));
        // A corpus of the other form, left from before, would be read in place of this one.
        File.Delete(Path.Combine(folder, "corpus.jsonl"));
    }

    private static List<JudgedDocument> ReadCorpus(string file)
    {
        var documents = new List<JudgedDocument>();
        foreach (var (id, _, line) in ReadLines(file))
            documents.Add(new JudgedDocument(id, line.Title ?? "", line.Text!) { Keywords = line.Keywords ?? [], Authors = line.Authors ?? [], Year = line.Year });
        return documents.Count > 0 ? documents : throw new EvaluationFormatException(file, 0, "There is no document in this file.");
    }

    private static IEnumerable<(string Id, long Number, Line Line)> ReadLines(string file)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, text) in TextLines.Of(file))
        {
            var line = Parse(file, number, text);
            var id = line.BeirId ?? line.Id;
            if (string.IsNullOrEmpty(id))
                throw new EvaluationFormatException(file, number, "The field \"_id\" is absent or empty.");
            if (line.Text is null)
                throw new EvaluationFormatException(file, number, "The field \"text\" is absent; it may be an empty string.");
            if (!ids.Add(id))
                throw new EvaluationFormatException(file, number, $"The id '{id}' comes a second time; ids must be different.");
            yield return (id, number, line);
        }
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

    private static Line LineOf(JudgedDocument document) => new()
    {
        BeirId = document.Id,
        Title = document.Title,
        Text = document.Text,
        Keywords = document.Keywords.Count > 0 ? [.. document.Keywords] : null,
        Authors = document.Authors.Count > 0 ? [.. document.Authors] : null,
        Year = document.Year,
    };

    private static void WriteLine(StreamWriter text, Line line) => text.Write(JsonSerializer.Serialize(line, Options) + "\n");

    private static string JudgementsIn(string folder, string split)
    {
        var qrels = Path.Combine(folder, "qrels");
        if (Directory.Exists(qrels))
        {
            if (FileIn(qrels, split + ".tsv") is { } file)
                return file;
            var others = Directory.EnumerateFiles(qrels).Select(Path.GetFileName).Where(name => name!.Contains(".tsv", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            throw new EvaluationFormatException(qrels, 0, others.Count > 0
                ? $"There are no judgements '{split}.tsv'; choose the split of one of these files: {string.Join(", ", others)}."
                : "There are no judgements in this folder.");
        }
        return FileIn(folder, "qrels.tsv") ?? FileIn(folder, "qrels.txt") ?? throw Absent(folder, $"qrels/{split}.tsv", "name a file of judgements");
    }

    private static string? FileIn(string folder, string name) =>
        new[] { name, name + ".gz" }.Select(each => Path.Combine(folder, each)).FirstOrDefault(File.Exists);

    private static EvaluationFormatException Absent(string folder, string name, string remedy) =>
        new(folder, 0, $"The folder has no {name} or {name}.gz; {remedy}.");

    private sealed record Line
    {
        [JsonPropertyName("_id"), JsonConverter(typeof(TextOrNumberConverter))]
        public string? BeirId { get; init; }

        [JsonConverter(typeof(TextOrNumberConverter))]
        public string? Id { get; init; }

        public string? Title { get; init; }

        public string? Text { get; init; }

        public string[]? Keywords { get; init; }

        public string[]? Authors { get; init; }

        public int? Year { get; init; }
    }
}
