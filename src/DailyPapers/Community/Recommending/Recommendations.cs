using DailyPapers.Community.Following;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Recommending;

/// <summary>Chooses among the newest papers those a person is likely to like. The model is trained anew each time it is asked.</summary>
public sealed class Recommendations
{
    /// <summary>Papers with which nothing was done, as examples of what is not liked.</summary>
    internal const int OtherExamples = 1_000;

    private const int MostReasons = 2;

    // A reason must be a real part of the score, not one of many crumbs.
    private const float LeastShare = 0.1f;
    private const float FollowWeight = 3;

    // Of two papers that fit alike the newer comes first.
    private const double FreshnessScale = 0.25;
    private const double FreshnessHalfLifeDays = 30;

    private readonly IDbContextFactory<PapersDb> _contexts;
    private readonly FeatureTable _table;
    private readonly TimeProvider _time;

    internal Recommendations(IDbContextFactory<PapersDb> contexts, FeatureTable table, TimeProvider time) =>
        (_contexts, _table, _time) = (contexts, table, time);

    /// <summary>The papers that fit a person best, best first.</summary>
    /// <param name="accountId">The person.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="added">Only papers that came into the feed in this time; any when null.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<(RecommendingState State, IReadOnlyList<Recommendation> Papers)> ReadAsync(
        long accountId, int count, (DateTimeOffset From, DateTimeOffset Before)? added, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await db.RecommendingChoices.AnyAsync(c => c.AccountId == accountId && c.IsOff, cancellationToken))
            return (RecommendingState.Off, []);
        var signals = await Signals.ReadAsync(db, accountId, cancellationToken);
        if (signals.IsEmpty)
            return (RecommendingState.NothingKnown, []);

        var acted = await Signals.ActedUponAsync(db, accountId, cancellationToken);
        var fresh = (await _table.NewestAsync(db, cancellationToken)).Where(known => !acted.Contains(known.PaperId) && !known.IsWithdrawn).ToList();
        var candidates = added is var (from, before) ? fresh.Where(known => known.AddedAt >= from && known.AddedAt < before).ToList() : fresh;
        if (candidates.Count == 0)
            return (RecommendingState.NothingNew, []);

        var features = await _table.OfAsync(db, signals.Liked.Select(liked => liked.PaperId).ToList(), cancellationToken);
        var examples = Examples(signals, features);
        var model = TasteTraining.Fit(examples.ConvertAll(example => example.Taste), Others(fresh, accountId));
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        var best = candidates
            .Select(known => (Known: known, Score: model.Score(known.Features) + Freshness(known.Published, today)))
            .OrderByDescending(scored => scored.Score).ThenByDescending(scored => scored.Known.Published).ThenByDescending(scored => scored.Known.PaperId)
            .Take(count)
            .ToList();
        return (RecommendingState.Ready, await ExplainAsync(db, best, model, examples, cancellationToken));
    }

    private static List<(TasteExample Taste, LikedPaper? Liked, Follow? Follow)> Examples(Signals signals, IReadOnlyDictionary<long, KnownFeatures> features)
    {
        var examples = new List<(TasteExample, LikedPaper?, Follow?)>();
        foreach (var liked in signals.Liked)
        {
            if (features.TryGetValue(liked.PaperId, out var known))
                examples.Add((new TasteExample(known.Features, liked.Weight), liked, null));
        }
        foreach (var follow in signals.Follows)
            examples.Add((new TasteExample(new PaperFeatures([], [PaperFeatures.TermOf(follow.Kind, follow.Term)]), FollowWeight), null, follow));
        return examples;
    }

    // The same person gets the same sample while the papers are the same, so that the page does not flicker.
    private static List<TasteExample> Others(List<KnownFeatures> fresh, long accountId)
    {
        if (fresh.Count <= OtherExamples)
            return fresh.ConvertAll(known => new TasteExample(known.Features));
        var random = new Random((int)(accountId % int.MaxValue));
        return [.. random.GetItems(fresh.ToArray(), OtherExamples).Select(known => new TasteExample(known.Features))];
    }

    private static double Freshness(DateOnly published, DateOnly today) =>
        FreshnessScale * Math.Pow(2, -Math.Max(0, today.DayNumber - published.DayNumber) / FreshnessHalfLifeDays);

    private static async Task<IReadOnlyList<Recommendation>> ExplainAsync(
        PapersDb db, List<(KnownFeatures Known, double Score)> best, TasteModel model,
        List<(TasteExample Taste, LikedPaper? Liked, Follow? Follow)> examples, CancellationToken cancellationToken)
    {
        var reasons = best.ConvertAll(scored => Reasons(model.Contributions(scored.Known.Features), examples));
        var ids = best.Select(scored => scored.Known.PaperId).Concat(reasons.SelectMany(liked => liked).Select(liked => liked.PaperId)).Distinct().ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var present = best.Select((scored, i) => (scored, Reason: reasons[i])).Where(pair => papers.ContainsKey(pair.scored.Known.PaperId)).ToList();
        var listed = await db.ListAsync(present.ConvertAll(pair => (papers[pair.scored.Known.PaperId], (DateOnly?)null)), cancellationToken);
        return present.Select((pair, i) => new Recommendation(
            listed[i],
            pair.scored.Score,
            pair.Reason.Where(liked => papers.ContainsKey(liked.PaperId)).Select(liked => (papers[liked.PaperId], liked.Kind)).ToList(),
            FollowedAbout(listed[i].Paper, examples))).ToList();
    }

    private static List<LikedPaper> Reasons(float[] contributions, List<(TasteExample Taste, LikedPaper? Liked, Follow? Follow)> examples)
    {
        var sum = contributions.Where(contribution => contribution > 0).Sum();
        return contributions
            .Select((contribution, i) => (Contribution: contribution, examples[i].Liked))
            .Where(part => part.Liked is not null && part.Contribution > 0 && part.Contribution >= LeastShare * sum)
            .OrderByDescending(part => part.Contribution)
            .Take(MostReasons)
            .Select(part => part.Liked!)
            .ToList();
    }

    private static List<Follow> FollowedAbout(Paper paper, List<(TasteExample Taste, LikedPaper? Liked, Follow? Follow)> examples)
    {
        var terms = FollowTerms.Of(paper);
        return examples.Select(example => example.Follow).OfType<Follow>().Where(follow => terms.Contains((follow.Kind, follow.Term))).ToList();
    }
}
