using CsCheck;
using DailyPapers.Search.Ranking;

namespace DailyPapers.Tests.Search.Ranking;

public class HybridRankingTests
{
    private static readonly HybridRanking Ranking = new(new RankingWeights());

    private static readonly Gen<Candidate> AnyCandidate = Gen.Select(
        Gen.Long[1, 1000], Gen.Float[0, 40].Nullable(), Gen.Float[-1, 1].Nullable(), Gen.Int[0, 10_000], Gen.Long[0, 500], Gen.Bool,
        (id, words, cosine, age, upvotes, named) => new Candidate(id, words, cosine) { AgeInDays = age, Upvotes = upvotes, IsNamed = named });

    private static readonly Gen<List<Candidate>> AnyCandidates = AnyCandidate.List[1, 30].Select(list => list.DistinctBy(c => c.PaperId).ToList());

    [Fact]
    public void The_parts_add_up_to_the_score_and_the_order_does_not_hang_on_how_candidates_came() => AnyCandidates.Sample(candidates =>
    {
        var ordered = Ranking.Order(candidates);
        Assert.Equal(ordered, Ranking.Order([.. candidates.AsEnumerable().Reverse()]));
        foreach (var (candidate, score) in ordered)
            Assert.Equal(score, Ranking.Explain(candidate, candidates).Sum(part => part.Contribution), 9);
    });

    [Fact]
    public void What_the_query_names_comes_first() => AnyCandidates.Sample(candidates =>
    {
        var ordered = Ranking.Order(candidates).Select(ranked => ranked.Candidate.IsNamed).ToList();
        Assert.Equal(ordered.OrderDescending(), ordered);
    });

    [Fact]
    public void A_better_match_in_words_and_meaning_is_never_overtaken_by_age_and_upvotes_alone()
    {
        var better = new Candidate(1, 10, 0.8f) { AgeInDays = 10_000 };
        var worse = new Candidate(2, 9, 0.7f) { AgeInDays = 0, Upvotes = 10_000 };
        Assert.Equal(1, Ranking.Order([worse, better])[0].Candidate.PaperId);
    }

    [Fact]
    public void Equal_matches_are_ordered_by_age_then_upvotes()
    {
        var old = new Candidate(3, 10, 0.8f) { AgeInDays = 5_000 };
        var young = new Candidate(2, 10, 0.8f) { AgeInDays = 5 };
        var liked = new Candidate(1, 10, 0.8f) { AgeInDays = 5, Upvotes = 50 };
        Assert.Equal([1, 2, 3], Ranking.Order([old, young, liked]).Select(ranked => ranked.Candidate.PaperId));
    }
}
