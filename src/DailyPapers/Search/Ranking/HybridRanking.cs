namespace DailyPapers.Search.Ranking;

/// <summary>
/// Orders candidates by a convex combination: the lexical score as a share of what the query's words can score at most, the
/// cosine as a share of the way from the farthest candidate to a perfect match, and mild signals. The more of its words some paper
/// has, the less meaning counts: who types words of a title looks for that paper, who asks a question seldom finds all of
/// its words in the answer. A candidate without a part has nothing of it.
/// </summary>
/// <remarks>
/// Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid Retrieval (2023), section 4; there the shares are of the
/// best scores found and the weight is the same for all queries, which measured worse (decision 0008).
/// </remarks>
internal sealed class HybridRanking(RankingWeights weights)
{
    /// <summary>The candidates with their scores, best first; equal ones by identity, the latest first.</summary>
    /// <param name="candidates">Papers that words or meaning found.</param>
    /// <param name="attainable">The lexical score of a paper that is full of the query's words; 0 when no word is scored.</param>
    /// <param name="explain">Whether to say what each score is made of.</param>
    public IReadOnlyList<RankedCandidate> Order(IReadOnlyCollection<Candidate> candidates, float attainable, bool explain)
    {
        if (candidates.Count == 0)
            return [];
        var scale = ScaleOf(candidates, attainable);
        return [.. candidates
            .Select(candidate => Rank(candidate, scale, explain))
            .OrderByDescending(ranked => ranked.Score)
            .ThenByDescending(ranked => ranked.Candidate.PaperId)];
    }

    private RankedCandidate Rank(Candidate candidate, Scale scale, bool explain)
    {
        Span<Part> parts = stackalloc Part[5];
        var count = PartsOf(candidate, scale, parts);
        var score = 0.0;
        var explained = explain ? new List<ScorePart>(count) : null;
        foreach (var part in parts[..count])
        {
            score += part.Value * part.Weight;
            explained?.Add(new ScorePart(NameOf(part.Kind), part.Value, part.Weight, NoteOf(part.Kind, candidate)));
        }
        return new RankedCandidate(candidate, score, explained);
    }

    private Scale ScaleOf(IReadOnlyCollection<Candidate> candidates, float attainable)
    {
        var best = candidates.Max(c => c.Lexical) ?? 0;
        var met = attainable > 0 ? Math.Clamp(((best / attainable) - weights.FewWordsMet) / (weights.WordsMet - weights.FewWordsMet), 0, 1) : 0;
        return new Scale(
            attainable > 0 ? attainable : best,
            candidates.Min(c => c.Cosine) ?? 0,
            weights.Meaning + (met * (weights.MeaningOfWordsMet - weights.Meaning)));
    }

    private int PartsOf(Candidate candidate, Scale scale, Span<Part> parts)
    {
        parts[0] = new Part(PartKind.Words, candidate.Lexical is { } lexical && scale.Lexical > 0 ? Math.Max(lexical, 0) / scale.Lexical : 0, 1 - scale.Meaning);
        parts[1] = new Part(PartKind.Meaning, candidate.Cosine is { } cosine && scale.Cosine < 1 ? (cosine - scale.Cosine) / (1 - scale.Cosine) : 0, scale.Meaning);
        parts[2] = new Part(PartKind.Recency, Math.Pow(2, -Math.Max(candidate.AgeInDays, 0) / weights.RecencyHalfLife), weights.Recency);
        parts[3] = new Part(PartKind.Upvotes, candidate.Upvotes / (candidate.Upvotes + weights.UpvotesHalf), weights.Upvotes);
        if (!candidate.IsNamed)
            return 4;
        parts[4] = new Part(PartKind.Named, 1, weights.Named);
        return 5;
    }

    private static string NameOf(PartKind kind) => kind switch
    {
        PartKind.Words => "words",
        PartKind.Meaning => "meaning",
        PartKind.Recency => "recency",
        PartKind.Upvotes => "upvotes",
        _ => "named",
    };

    private static string NoteOf(PartKind kind, Candidate candidate) => kind switch
    {
        PartKind.Words => candidate.Lexical is { } score ? T["BM25F {0:0.00}", score] : T["none of the words ranks it"],
        PartKind.Meaning => candidate.Cosine is { } cosine ? T["cosine {0:0.000}", cosine] : T["no vector"],
        PartKind.Recency => T.Count(candidate.AgeInDays, "1 day old", "{0:N0} days old"),
        PartKind.Upvotes => T.Count(candidate.Upvotes, "1 upvote", "{0} upvotes"),
        _ => T["the query names it or its author"],
    };

    private enum PartKind
    {
        Words,
        Meaning,
        Recency,
        Upvotes,
        Named,
    }

    /// <param name="Lexical">The lexical score that is worth 1.</param>
    /// <param name="Cosine">The cosine that is worth nothing.</param>
    /// <param name="Meaning">The weight of meaning.</param>
    private readonly record struct Scale(float Lexical, float Cosine, double Meaning);

    private readonly record struct Part(PartKind Kind, double Value, double Weight);
}
