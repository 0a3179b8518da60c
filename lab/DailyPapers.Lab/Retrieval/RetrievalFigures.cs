namespace DailyPapers.Lab.Retrieval;

/// <summary>How well a way of searching answers the queries of a task.</summary>
/// <param name="Queries">How many queries were asked.</param>
/// <param name="Ndcg10">Mean normalised discounted cumulative gain of the first ten.</param>
/// <param name="ReciprocalRank">Mean of one over the rank of the first right document.</param>
/// <param name="Recall100">Mean share of the right documents among the first hundred.</param>
public sealed record RetrievalFigures(int Queries, double Ndcg10, double ReciprocalRank, double Recall100)
{
    /// <summary>Scores every document for every query by <paramref name="score"/> and averages over the queries.</summary>
    /// <param name="task">The queries and their answers.</param>
    /// <param name="score">Writes the score of each document for a query, by its number; may be called from several threads.</param>
    /// <param name="parallel">How many threads may compute.</param>
    public static RetrievalFigures Measure(RetrievalTask task, Action<int, float[]> score, ParallelOptions parallel)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(score);
        var figures = new (double Ndcg, double Reciprocal, double Recall)[task.Queries.Count];
        Parallel.For(0, task.Queries.Count, parallel, () => new float[task.Documents.Count], (query, _, scores) =>
        {
            score(query, scores);
            figures[query] = Of(scores, task.Queries[query].Relevant);
            return scores;
        }, _ => { });
        return new RetrievalFigures(figures.Length, figures.Average(f => f.Ndcg), figures.Average(f => f.Reciprocal), figures.Average(f => f.Recall));
    }

    private static (double Ndcg, double Reciprocal, double Recall) Of(float[] scores, IReadOnlyList<int> relevant)
    {
        var ranks = relevant.Select(document => Rank(scores, document)).ToArray();
        var ideal = Enumerable.Range(1, Math.Min(10, ranks.Length)).Sum(rank => 1 / Math.Log2(rank + 1));
        return (ranks.Where(rank => rank <= 10).Sum(rank => 1 / Math.Log2(rank + 1)) / ideal, 1.0 / ranks.Min(), ranks.Count(rank => rank <= 100) / (double)ranks.Length);
    }

    // Of equal scores the lower number comes first.
    private static int Rank(float[] scores, int document)
    {
        var own = scores[document];
        var before = 0;
        for (var i = 0; i < scores.Length; i++)
            before += scores[i] > own || (scores[i] == own && i < document) ? 1 : 0;
        return before + 1;
    }
}
