namespace DailyPapers.Editions.Publishing;

/// <summary>Chooses good papers that are not all about the same: by maximal marginal relevance.</summary>
/// <remarks>J. Carbonell and J. Goldstein, The use of MMR, diversity-based reranking for reordering documents and producing summaries, SIGIR 1998.</remarks>
internal static class DiverseSelection
{
    /// <summary>
    /// Chooses one after another the candidate with the largest <c>(1 − d) · score / best score − d · likeness</c>, likeness being
    /// that to the most similar one chosen before. Of equal ones the earlier candidate is chosen.
    /// </summary>
    /// <param name="candidates">What is chosen beforehand, whose scores do not count, and behind it the candidates by score, the best first.</param>
    /// <param name="likeness">How alike two candidates are, by their places, −1 to 1.</param>
    /// <param name="count">How many to choose.</param>
    /// <param name="diversity">d, 0 to 1; 0 chooses by score alone.</param>
    /// <param name="beforehand">How many of the first are chosen beforehand.</param>
    /// <returns>Those chosen beforehand, also when they are more than <paramref name="count"/>, and behind them the others.</returns>
    public static IReadOnlyList<long> Choose(
        IReadOnlyList<(long Id, double Score)> candidates, Func<int, int, double> likeness, int count, double diversity, int beforehand = 0)
    {
        var best = candidates.Count > beforehand ? Math.Max(candidates[beforehand].Score, double.Epsilon) : 1;
        var nearest = new double[candidates.Count];
        var isChosen = new bool[candidates.Count];
        var chosen = new List<int>();
        for (var i = 0; i < beforehand; i++)
            Take(i);
        while (chosen.Count < Math.Min(count, candidates.Count))
        {
            var next = -1;
            for (var i = 0; i < candidates.Count; i++)
            {
                if (!isChosen[i] && (next < 0 || Value(i) > Value(next)))
                    next = i;
            }
            Take(next);
        }
        return chosen.ConvertAll(i => candidates[i].Id);

        void Take(int next)
        {
            isChosen[next] = true;
            chosen.Add(next);
            for (var i = 0; i < candidates.Count; i++)
                nearest[i] = chosen.Count == 1 ? likeness(i, next) : Math.Max(nearest[i], likeness(i, next));
        }

        double Value(int i) => ((1 - diversity) * candidates[i].Score / best) - (diversity * nearest[i]);
    }
}
