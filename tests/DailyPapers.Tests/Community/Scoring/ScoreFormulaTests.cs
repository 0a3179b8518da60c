using CsCheck;
using DailyPapers.Community.Scoring;

namespace DailyPapers.Tests.Community.Scoring;

public class ScoreFormulaTests
{
    private static readonly DateTimeOffset Start = new(2025, 8, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<ScoreEvent> Events = Gen.Select(
        Gen.Enum<ScoreEventKind>(), Gen.Double[0, 200], Gen.Double[0.01, 1], (kind, hours, weight) => new ScoreEvent(1, kind, Start.AddHours(hours), weight));

    private static readonly Gen<Scored> Papers = Gen.Select(
        Gen.Double[0, 100], Gen.Double[0, 1], Gen.Int[0, 5000], Events.Array[0, 20], (hours, novelty, elsewhere, events) => new Scored(Start.AddHours(hours), novelty, elsewhere, events));

    private static readonly Gen<DateTimeOffset> Later = Gen.Double[200, 2000].Select(hours => Start.AddHours(hours));

    [Fact]
    public void Another_vote_raises_the_score_at_any_later_time() => Gen.Select(Papers, Events, Later).Sample((paper, vote, now) =>
        Assert.True(paper.With(vote).At(now) > paper.At(now)));

    [Fact]
    public void A_heavier_vote_raises_it_more() => Gen.Select(Papers, Events, Later).Sample((paper, vote, now) =>
        Assert.True(paper.With(vote).At(now) > paper.With(vote with { Weight = vote.Weight / 2 }).At(now)));

    [Fact]
    public void A_later_vote_raises_it_more() => Gen.Select(Papers, Events, Later).Sample((paper, vote, now) =>
        Assert.True(paper.With(vote).At(now) > paper.With(vote with { At = vote.At.AddHours(-1) }).At(now)));

    [Fact]
    public void Without_events_the_score_only_falls() => Gen.Select(Papers, Later, Gen.Double[0.01, 500]).Sample((paper, now, hours) =>
        Assert.True(paper.At(now.AddHours(hours)) < paper.At(now)));

    [Fact]
    public void After_three_days_at_most_half_is_left() => Gen.Select(Papers, Later).Sample((paper, now) =>
        Assert.True(paper.At(now.AddDays(3)) <= (paper.At(now) / 2) + 1e-9));

    [Fact]
    public void A_newer_paper_stands_above_an_older_one_that_is_otherwise_alike() => Gen.Select(Papers, Later).Sample((paper, now) =>
        Assert.True((paper with { AppearedAt = paper.AppearedAt.AddHours(1) }).At(now) > paper.At(now)));

    [Fact]
    public void Two_papers_change_places_at_most_once_when_nothing_happens() => Gen.Select(Papers, Papers).Sample((one, other) =>
    {
        var signs = Enumerable.Range(0, 200)
            .Select(i => Start.AddHours(200 + (i * 5)))
            .Select(now => (One: one.At(now), Other: other.At(now)))
            // Where rounding decides there is nothing to see.
            .Where(at => Math.Abs(at.One - at.Other) > 1e-9 * at.One)
            .Select(at => Math.Sign(at.One - at.Other))
            .ToList();
        Assert.True(signs.Zip(signs.Skip(1)).Count(pair => pair.First != pair.Second) <= 1);
    });

    [Fact]
    public void Equal_papers_stay_equal() => Gen.Select(Papers, Later).Sample((paper, now) => Assert.Equal(paper.At(now), (paper with { }).At(now)));

    [Fact]
    public void The_parts_add_up_to_the_score() => Gen.Select(Papers, Later).Sample((paper, now) =>
    {
        var total = ScoreFormula.PartsAt(paper.Stored(), paper.Elsewhere, paper.Events, now).Total;
        Assert.InRange(paper.At(now) / total, 1 - 1e-6, 1 + 1e-6);
    });

    [Fact]
    public void No_paper_scores_more_than_its_lasting_part_allows() => Gen.Select(Papers, Later).Sample((paper, now) =>
        Assert.True(paper.At(now) <= ScoreFormula.MostAt(paper.Stored(), now) * (1 + 1e-9)));

    [Fact]
    public void A_sum_is_what_adding_its_fading_terms_gives() =>
        Gen.Select(Gen.Select(Gen.Double[0.01, 1], Gen.Double[0, 500]).Array[1, 30], Gen.Double[500, 900]).Sample((terms, at) =>
        {
            var halfLife = TimeSpan.FromHours(17);
            var stored = DecayedSum.Of(terms.Select(term => (term.Item1, Start.AddHours(term.Item2))), halfLife);
            var expected = terms.Sum(term => term.Item1 * Math.Pow(2, -(at - term.Item2) / 17));
            Assert.InRange(DecayedSum.ValueAt(stored, Start.AddHours(at), halfLife) / expected, 1 - 1e-6, 1 + 1e-6);
        });

    private sealed record Scored(DateTimeOffset AppearedAt, double Novelty, int Elsewhere, ScoreEvent[] Events)
    {
        public Scored With(ScoreEvent added) => this with { Events = [.. Events, added] };

        public PaperScore Stored()
        {
            var score = new PaperScore { PaperId = 1, AppearedAt = AppearedAt, Novelty = Novelty };
            ScoreFormula.Apply(score, Elsewhere, Events);
            return score;
        }

        public double At(DateTimeOffset now) => ScoreFormula.At(Stored(), now);
    }
}
