using DailyPapers.Community.Following;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Recommending;

/// <summary>Chooses among the newest papers those a person is likely to like. The model is trained anew each time it is asked.</summary>
public sealed class Recommendations
{
    /// <summary>Papers that were passed over, as examples of what is not liked.</summary>
    internal const int OtherExamples = 1_000;

    // Papers came in in the order of their identities: these many before and after a liked one came at about its time.
    private const int SameTime = 2_000;

    private const int MostReasons = 2;

    // A reason must be a real part of the score, not one of many crumbs.
    private const float LeastShare = 0.2f;
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
        var passedOver = await PassedOverAsync(db, signals, acted, fresh, cancellationToken);
        var model = TasteTraining.Fit(examples.ConvertAll(example => example.Taste), passedOver.ConvertAll(known => new TasteExample(known.Features)));
        var drawn = passedOver.Select((known, i) => (known.PaperId, Index: i)).ToDictionary(known => known.PaperId, known => known.Index);
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        var best = candidates
            .Select(known => (Known: known, Score: Freshness(known.Published, today)
                + (drawn.TryGetValue(known.PaperId, out var index) ? model.ScoreOfOther(index, known.Features) : model.Score(known.Features))))
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

    // Drawn from the time of what was liked: against the papers of today alone, the model would learn the time and not the taste.
    // A liked paper always draws the same ones, so that the page does not flicker and their features are at hand.
    private async Task<List<KnownFeatures>> PassedOverAsync(
        PapersDb db, Signals signals, IReadOnlySet<long> acted, List<KnownFeatures> fresh, CancellationToken cancellationToken)
    {
        if (signals.Liked.Count == 0)
            return fresh.Take(OtherExamples).ToList();
        var first = await db.Papers.MinAsync(p => p.Id, cancellationToken);
        var last = await db.Papers.MaxAsync(p => p.Id, cancellationToken);
        var ids = new SortedSet<long>();
        var each = (OtherExamples + signals.Liked.Count - 1) / signals.Liked.Count;
        foreach (var liked in signals.Liked)
        {
            var random = new Random((int)(liked.PaperId % int.MaxValue));
            var (from, to) = (Math.Max(first, liked.PaperId - SameTime), Math.Min(last, liked.PaperId + SameTime));
            for (var i = 0; i < each; i++)
            {
                if (random.NextInt64(from, to + 1) is var id && !acted.Contains(id))
                    ids.Add(id);
            }
        }
        var features = await _table.OfAsync(db, ids, cancellationToken);
        var known = ids.Where(features.ContainsKey).Select(id => features[id]).ToList();
        return known.Count > 0 ? known : fresh.Take(OtherExamples).ToList();
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
