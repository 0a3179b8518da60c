using System.Globalization;

namespace DailyPapers.Search.Evaluation;

/// <summary>
/// Which documents answer which query, and how well: grade 0 is judged and no answer, greater is better; a document without
/// a grade was not judged and counts as no answer.
/// </summary>
public sealed class Judgements
{
    private static readonly Dictionary<string, int> None = [];

    private readonly Dictionary<string, Dictionary<string, int>> _grades = new(StringComparer.Ordinal);
    private readonly List<string> _queryIds = [];

    /// <summary>The queries judged, in the order of their first judgement.</summary>
    public IReadOnlyList<string> QueryIds => _queryIds;

    /// <summary>How many judgements there are.</summary>
    public int Count => _grades.Values.Sum(grades => grades.Count);

    /// <summary>True when the query has a judgement.</summary>
    public bool Contains(string queryId) => _grades.ContainsKey(queryId);

    /// <summary>The grades of a query by document; empty for a query that was not judged.</summary>
    public IReadOnlyDictionary<string, int> Of(string queryId) => _grades.GetValueOrDefault(queryId, None);

    /// <summary>Adds a judgement.</summary>
    /// <exception cref="ArgumentException">The pair has another grade already.</exception>
    public void Add(string queryId, string documentId, int grade)
    {
        if (!_grades.TryGetValue(queryId, out var grades))
        {
            _grades.Add(queryId, grades = new Dictionary<string, int>(StringComparer.Ordinal));
            _queryIds.Add(queryId);
        }
        if (!grades.TryAdd(documentId, grade) && grades[documentId] != grade)
            throw new ArgumentException($"Document '{documentId}' has grade {grades[documentId]} for query '{queryId}' already and cannot also have {grade}.");
    }

    /// <summary>
    /// Reads TREC judgements (<c>query 0 document grade</c>, separated by blanks) or BEIR ones (<c>query document grade</c>, separated by
    /// tabs, below a header line), gzipped or not; the number of columns tells which.
    /// </summary>
    /// <exception cref="EvaluationFormatException">A line is neither.</exception>
    public static Judgements Read(string file)
    {
        var judgements = new Judgements();
        foreach (var (number, line) in TextLines.Of(file))
        {
            var columns = TextLines.Columns(line);
            if (IsHeader(number, columns))
                continue;
            if (columns.Length is not (3 or 4))
                throw new EvaluationFormatException(file, number, $"Judgements have three columns (BEIR: query, document, grade) or four (TREC: query, 0, document, grade); this line has {columns.Length}.");
            if (!int.TryParse(columns[^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var grade))
                throw new EvaluationFormatException(file, number, $"The grade in the last column must be a whole number, not '{columns[^1]}'.");
            try
            {
                judgements.Add(columns[0], columns[^2], grade);
            }
            catch (ArgumentException exception)
            {
                throw new EvaluationFormatException(file, number, exception.Message + " Keep one of the two lines.", exception);
            }
        }
        if (judgements._queryIds.Count == 0)
            throw new EvaluationFormatException(file, 0, "There is no judgement in this file.");
        return judgements;
    }

    /// <summary>Writes BEIR judgements.</summary>
    public void Write(string file)
    {
        using var text = TextLines.Create(file);
        text.Write("query-id\tcorpus-id\tscore\n");
        foreach (var queryId in _queryIds)
        {
            foreach (var (documentId, grade) in _grades[queryId])
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{queryId}\t{documentId}\t{grade}\n"));
        }
    }

    // BEIR's header, whatever it calls the columns: a first line of three whose last is no number at all.
    private static bool IsHeader(long number, string[] columns) =>
        number == 1 && columns.Length == 3 && columns[2].All(c => char.IsLetter(c) || c is '-' or '_');
}
