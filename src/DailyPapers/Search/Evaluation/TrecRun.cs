using System.Globalization;

namespace DailyPapers.Search.Evaluation;

/// <summary>What one system answered to many queries, in the form that TREC tools exchange: <c>query Q0 document rank score tag</c>.</summary>
/// <param name="Tag">The system's name.</param>
/// <param name="Rankings">The documents by query, best first.</param>
public sealed record TrecRun(string Tag, IReadOnlyDictionary<string, IReadOnlyList<RankedDocument>> Rankings)
{
    private const int ColumnCount = 6;

    /// <summary>Reads a run, gzipped or not. As trec_eval does, the order is that of the scores, equal scores by descending document id; ranks are not looked at.</summary>
    /// <exception cref="EvaluationFormatException">A line is malformed, or a document comes twice for a query.</exception>
    public static TrecRun Read(string file)
    {
        var rankings = new Dictionary<string, Dictionary<string, float>>(StringComparer.Ordinal);
        string? tag = null;
        foreach (var (number, line) in TextLines.Of(file))
        {
            var columns = TextLines.Columns(line);
            if (columns.Length != ColumnCount)
                throw new EvaluationFormatException(file, number, $"A run has six columns (query, Q0, document, rank, score, tag); this line has {columns.Length}.");
            // trec_eval keeps scores in single precision, which decides what is equal.
            if (!float.TryParse(columns[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !float.IsFinite(score))
                throw new EvaluationFormatException(file, number, $"The score in column 5 must be a number, not '{columns[4]}'.");
            if (!rankings.TryGetValue(columns[0], out var ranking))
                rankings.Add(columns[0], ranking = new Dictionary<string, float>(StringComparer.Ordinal));
            if (!ranking.TryAdd(columns[2], score))
                throw new EvaluationFormatException(file, number, $"Document '{columns[2]}' comes a second time for query '{columns[0]}'.");
            tag ??= columns[5];
        }
        if (tag is null)
            throw new EvaluationFormatException(file, 0, "There is no line in this run.");
        return new TrecRun(tag, rankings.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<RankedDocument>)Ordered(entry.Value), StringComparer.Ordinal));
    }

    /// <summary>Writes a run that every reader orders as it is ordered here: a score that is not below the one before is lowered by the least step.</summary>
    public void Write(string file)
    {
        using var text = TextLines.Create(file);
        foreach (var (queryId, ranking) in Rankings)
        {
            var last = float.PositiveInfinity;
            for (var i = 0; i < ranking.Count; i++)
            {
                last = Math.Min((float)ranking[i].Score, float.BitDecrement(last));
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{queryId} Q0 {ranking[i].Id} {i + 1} {last:R} {Tag}\n"));
            }
        }
    }

    private static List<RankedDocument> Ordered(Dictionary<string, float> scores) =>
        [.. scores
            .OrderByDescending(entry => entry.Value)
            .ThenByDescending(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new RankedDocument(entry.Key, entry.Value))];
}
