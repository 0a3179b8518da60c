using DailyPapers.Embedding;

namespace DailyPapers.Lab.Retrieval;

/// <summary>A line of the report on a model: how well a method does at a task.</summary>
/// <param name="Task">What is searched for by what.</param>
/// <param name="Method">The way of searching.</param>
/// <param name="Figures">What was measured.</param>
public sealed record RetrievalReport(string Task, string Method, RetrievalFigures Figures)
{
    // Cormack, Clarke and Büttcher 2009: score = Σ 1 / (60 + rank).
    private const float FusionConstant = 60;

    private static readonly int[] Prefixes = [128, 64];

    /// <summary>Measures a model on held-out papers, beside BM25 and both together.</summary>
    public static IEnumerable<RetrievalReport> Measure(StaticEmbeddingModel model, IReadOnlyList<RetrievalTask> tasks, ParallelOptions parallel)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tasks);
        foreach (var task in tasks)
        {
            var words = new OkapiIndex([.. task.Documents.Select(document => document.Text())]);
            var vectors = new EmbeddingIndex(model, task.Documents, parallel);
            yield return Line("BM25", words.Score);
            yield return Line("model", (query, scores) => vectors.Score(query, scores, model.Dimensions));
            foreach (var prefix in Prefixes.Where(prefix => prefix < model.Dimensions))
                yield return Line($"model, first {prefix} numbers", (query, scores) => vectors.Score(query, scores, prefix));
            yield return Line("BM25 and model, fused by rank", (query, scores) => Fuse(query, scores, words, vectors, model.Dimensions));

            RetrievalReport Line(string method, Action<string, float[]> score) => new(
                task.Name, method, RetrievalFigures.Measure(task, (query, scores) => score(task.Queries[query].Text, scores), parallel));
        }
    }

    private static void Fuse(string query, float[] scores, OkapiIndex words, EmbeddingIndex vectors, int dimensions)
    {
        words.Score(query, scores);
        var byWords = EmbeddingIndex.Best(scores, scores.Length);
        vectors.Score(query, scores, dimensions);
        var byVectors = EmbeddingIndex.Best(scores, scores.Length);
        Array.Clear(scores);
        foreach (var ranking in (int[][])[byWords, byVectors])
        {
            for (var rank = 0; rank < ranking.Length; rank++)
                scores[ranking[rank]] += 1 / (FusionConstant + rank + 1);
        }
    }
}
