using System.Globalization;

namespace DailyPapers.Search.Ranking;

/// <summary>
/// Orders candidates by a convex combination: the lexical score as a share of the best one, the cosine cut off at zero as a
/// share of the best one, and mild signals. A candidate without a part has nothing of it.
/// </summary>
/// <remarks>Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid Retrieval (2023), section 4, with zero as both minima.</remarks>
internal sealed class HybridRanking(RankingWeights weights)
{
    /// <summary>The candidates with their scores, best first; equal ones by identity, the latest first.</summary>
    public IReadOnlyList<(Candidate Candidate, double Score)> Order(IReadOnlyCollection<Candidate> candidates)
    {
        var scale = ScaleOf(candidates);
        return [.. candidates
            .Select(candidate => (Candidate: candidate, Score: Parts(candidate, scale).Sum(part => part.Value * part.Weight)))
            .OrderByDescending(scored => scored.Score)
            .ThenByDescending(scored => scored.Candidate.PaperId)];
    }

    /// <summary>What a candidate's score is made of, among <paramref name="candidates"/>.</summary>
    public IReadOnlyList<ScorePart> Explain(Candidate candidate, IReadOnlyCollection<Candidate> candidates) =>
        [.. Parts(candidate, ScaleOf(candidates)).Select(part => new ScorePart(part.Name, part.Value, part.Weight, NoteOf(part.Name, candidate)))];

    private static (float Lexical, float Cosine) ScaleOf(IReadOnlyCollection<Candidate> candidates) =>
        (candidates.Max(c => c.Lexical) ?? 0, candidates.Max(c => c.Cosine) ?? 0);

    private IEnumerable<(string Name, double Value, double Weight)> Parts(Candidate candidate, (float Lexical, float Cosine) best)
    {
        yield return ("words", Share(candidate.Lexical, best.Lexical), 1 - weights.Meaning);
        yield return ("meaning", Share(candidate.Cosine, best.Cosine), weights.Meaning);
        yield return ("recency", Math.Pow(2, -Math.Max(candidate.AgeInDays, 0) / weights.RecencyHalfLife), weights.Recency);
        yield return ("upvotes", candidate.Upvotes / (candidate.Upvotes + weights.UpvotesHalf), weights.Upvotes);
        if (candidate.IsNamed)
            yield return ("named", 1, weights.Named);
    }

    private static double Share(float? value, float best) => value is { } known && best > 0 ? Math.Max(known, 0) / best : 0;

    private static string NoteOf(string part, Candidate candidate) => part switch
    {
        "words" => candidate.Lexical is { } score ? string.Create(CultureInfo.InvariantCulture, $"BM25F {score:0.00}") : "none of the words ranks it",
        "meaning" => candidate.Cosine is { } cosine ? string.Create(CultureInfo.InvariantCulture, $"cosine {cosine:0.000}") : "no vector",
        "recency" => string.Create(CultureInfo.InvariantCulture, $"{candidate.AgeInDays:N0} days old"),
        "upvotes" => string.Create(CultureInfo.InvariantCulture, $"{candidate.Upvotes:N0} upvotes"),
        _ => "the query names it or its author",
    };
}
