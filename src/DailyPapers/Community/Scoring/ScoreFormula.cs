namespace DailyPapers.Community.Scoring;

/// <summary>
/// The score papers are ranked by, on the trending page and as candidates of an edition:
/// <code>
/// score(t) = lasting(t) + lively(t)
/// lasting(t) = (1 + novelty + 0.2 · log2(1 + votes elsewhere)) · 2^(−(t − appeared) / 3 d) + Σ k · wᵢ · 2^(−(t − tᵢ) / 3 d)
/// lively(t)  = Σ k · wᵢ · 2^(−(t − tᵢ) / 8 h)
/// </code>
/// over the upvotes (k = 1), comments and submissions (k = 0.5) of the paper, each with its weight w of at most 1
/// (<see cref="Upvotes.VoteWeight"/>). The lively part is the velocity: what happens now counts twice, and by tomorrow once.
/// </summary>
/// <remarks>
/// Both parts are <see cref="DecayedSum"/>s: nothing is rewritten as time passes. Without a new event two papers change places
/// at most once, because the difference of their scores is a sum of two exponentials; equal scores are ordered by identity.
/// </remarks>
public static class ScoreFormula
{
    private const double NoveltyWeight = 1;
    private const double ElsewhereWeight = 0.2;
    private const double CommentWeight = 0.5;
    private const double SubmissionWeight = 0.5;

    /// <summary>In this time the lasting part halves.</summary>
    public static readonly TimeSpan LastingHalfLife = TimeSpan.FromDays(3);

    /// <summary>In this time the lively part halves.</summary>
    public static readonly TimeSpan LivelyHalfLife = TimeSpan.FromHours(8);

    /// <summary>Scores a paper: what is stored of it.</summary>
    /// <param name="score">Has the time of appearance and the novelty; receives the parts.</param>
    /// <param name="votesElsewhere">Upvotes at Hugging Face; they come from a larger crowd and count little.</param>
    /// <param name="events">What speaks for the paper.</param>
    public static void Apply(PaperScore score, int? votesElsewhere, IReadOnlyCollection<ScoreEvent> events)
    {
        var standing = 1 + (NoveltyWeight * (score.Novelty ?? 0)) + Elsewhere(votesElsewhere);
        var terms = events.Select(e => (WeightOf(e.Kind) * e.Weight, e.At)).ToList();
        score.Lasting = DecayedSum.Of(terms.Prepend((standing, score.AppearedAt)), LastingHalfLife)!.Value;
        score.Lively = DecayedSum.Of(terms, LivelyHalfLife);
    }

    /// <summary>The score at <paramref name="now"/>.</summary>
    public static double At(PaperScore score, DateTimeOffset now) => LastingAt(score, now) + DecayedSum.ValueAt(score.Lively, now, LivelyHalfLife);

    /// <summary>
    /// The most that any paper with this or a smaller lasting part can score at <paramref name="now"/>: each event adds to the
    /// lively part at most what it adds to the lasting one, once it has happened.
    /// </summary>
    public static double MostAt(PaperScore score, DateTimeOffset now) => 2 * LastingAt(score, now);

    /// <summary>What a score is made of at <paramref name="now"/>, for whoever asks why a paper stands where it does.</summary>
    public static ScoreParts PartsAt(PaperScore score, int? votesElsewhere, IReadOnlyCollection<ScoreEvent> events, DateTimeOffset now)
    {
        return new ScoreParts(
            Faded(1, score.AppearedAt),
            Faded(NoveltyWeight * (score.Novelty ?? 0), score.AppearedAt),
            Faded(Elsewhere(votesElsewhere), score.AppearedAt),
            Of(ScoreEventKind.Upvote),
            Of(ScoreEventKind.Comment),
            Of(ScoreEventKind.Submission),
            DecayedSum.ValueAt(score.Lively, now, LivelyHalfLife));

        double Of(ScoreEventKind kind) => events.Where(e => e.Kind == kind).Sum(e => Faded(WeightOf(kind) * e.Weight, e.At));

        double Faded(double weight, DateTimeOffset at) => weight * Math.Pow(2, -((now - at) / LastingHalfLife));
    }

    private static double LastingAt(PaperScore score, DateTimeOffset now) => DecayedSum.ValueAt(score.Lasting, now, LastingHalfLife);

    private static double Elsewhere(int? votes) => ElsewhereWeight * Math.Log2(1 + Math.Max(votes ?? 0, 0));

    private static double WeightOf(ScoreEventKind kind) => kind switch
    {
        ScoreEventKind.Upvote => 1,
        ScoreEventKind.Comment => CommentWeight,
        _ => SubmissionWeight,
    };
}
