namespace DailyPapers.Search.Evaluation;

/// <summary>
/// Measures of one ranking against the grades of one query, as trec_eval defines them: documents without a grade count as
/// grade 0, and negative grades likewise.
/// </summary>
public static class RankingMetrics
{
    /// <summary>Measures a ranking.</summary>
    /// <param name="metric">What to measure.</param>
    /// <param name="ranking">The documents, best first, each once.</param>
    /// <param name="grades">The query's grades.</param>
    /// <param name="relevantFrom">The least grade that counts as relevant where only relevant or not counts (trec_eval's <c>-l</c>); 1 or more.</param>
    public static double Of(Metric metric, IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int relevantFrom = 1) => metric switch
    {
        Metric.NdcgAt10 => Ndcg(ranking, grades, 10),
        Metric.MrrAt10 => ReciprocalRank(ranking, grades, 10, relevantFrom),
        Metric.RecallAt100 => Recall(ranking, grades, 100, relevantFrom),
        Metric.AveragePrecision => AveragePrecision(ranking, grades, relevantFrom),
        Metric.JudgedAt10 => Judged(ranking, grades, 10),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric."),
    };

    /// <summary>
    /// Normalised discounted cumulative gain: DCG@k = Σ gradeᵢ / log₂(i + 1) over places i = 1…k, divided by that of the ideal order of all
    /// judged documents. The gain is the grade itself, as in trec_eval's <c>ndcg_cut</c> and BEIR, and not 2^grade − 1. 0 when nothing is relevant.
    /// </summary>
    public static double Ndcg(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        CheckDepth(depth);
        var ideal = Gain(grades.Values.OrderDescending().Take(depth));
        return ideal > 0 ? Gain(ranking.Take(depth).Select(id => grades.GetValueOrDefault(id))) / ideal : 0;
    }

    /// <summary>One over the place of the first relevant document among the first <paramref name="depth"/>, else 0.</summary>
    public static double ReciprocalRank(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth, int relevantFrom = 1)
    {
        CheckDepth(depth);
        CheckRelevantFrom(relevantFrom);
        for (var i = 0; i < Math.Min(depth, ranking.Count); i++)
        {
            if (grades.GetValueOrDefault(ranking[i]) >= relevantFrom)
                return 1.0 / (i + 1);
        }
        return 0;
    }

    /// <summary>The share of the relevant documents that is among the first <paramref name="depth"/>; 0 when nothing is relevant.</summary>
    public static double Recall(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth, int relevantFrom = 1)
    {
        CheckDepth(depth);
        CheckRelevantFrom(relevantFrom);
        var relevant = grades.Values.Count(grade => grade >= relevantFrom);
        return relevant > 0 ? (double)ranking.Take(depth).Count(id => grades.GetValueOrDefault(id) >= relevantFrom) / relevant : 0;
    }

    /// <summary>The mean over all relevant documents of the precision at the place of each, 0 for those that are not in the ranking; 0 when nothing is relevant.</summary>
    public static double AveragePrecision(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int relevantFrom = 1)
    {
        CheckRelevantFrom(relevantFrom);
        var relevant = grades.Values.Count(grade => grade >= relevantFrom);
        var (found, sum) = (0, 0.0);
        for (var i = 0; i < ranking.Count; i++)
        {
            if (grades.GetValueOrDefault(ranking[i]) >= relevantFrom)
                sum += (double)++found / (i + 1);
        }
        return relevant > 0 ? sum / relevant : 0;
    }

    /// <summary>The share of the first <paramref name="depth"/> hits that has a grade; 1 when there is no hit, as nothing is unknown then.</summary>
    public static double Judged(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        CheckDepth(depth);
        var hits = Math.Min(depth, ranking.Count);
        return hits > 0 ? (double)ranking.Take(hits).Count(grades.ContainsKey) / hits : 1;
    }

    private static double Gain(IEnumerable<int> grades) => grades.Select((grade, i) => Math.Max(grade, 0) / Math.Log2(i + 2)).Sum();

    private static void CheckDepth(int depth) => ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);

    private static void CheckRelevantFrom(int relevantFrom) => ArgumentOutOfRangeException.ThrowIfLessThan(relevantFrom, 1);
}
