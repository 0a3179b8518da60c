using CsCheck;
using DailyPapers.Search.Ranking;

namespace DailyPapers.Tests.Search.Ranking;

public class HybridRankingTests
{
    private static readonly HybridRanking Ranking = new(new RankingWeights());

    private static readonly Gen<Candidate> AnyCandidate = Gen.Select(
        Gen.Long[1, 1000], Gen.Float[0, 40].Nullable(), Gen.Float[-1, 1].Nullable(), Gen.Int[0, 10_000], Gen.Long[0, 500], Gen.Bool,
        (id, words, cosine, age, upvotes, named) => new Candidate(id, words, cosine) { AgeInDays = age, Upvotes = upvotes, IsNamed = named });

    private static readonly Gen<(List<Candidate> Candidates, float Attainable)> AnyQuery = Gen.Select(
        AnyCandidate.List[0, 30].Select(list => list.DistinctBy(c => c.PaperId).ToList()), Gen.Float[25, 60]);

    [Fact]
    public void The_parts_add_up_to_the_score_and_the_order_does_not_hang_on_how_candidates_came() => AnyQuery.Sample(query =>
    {
        var ordered = Ranking.Order(query.Candidates, query.Attainable, explain: true);
        Assert.Equal(Ids(ordered), Ids(Ranking.Order([.. query.Candidates.AsEnumerable().Reverse()], query.Attainable, explain: false)));
        foreach (var ranked in ordered)
            Assert.Equal(ranked.Score, ranked.Parts!.Sum(part => part.Contribution), 9);
    });

    [Fact]
    public void What_the_query_names_comes_first() => AnyQuery.Sample(query =>
    {
        var ordered = Ranking.Order(query.Candidates, query.Attainable, explain: false).Select(ranked => ranked.Candidate.IsNamed).ToList();
        Assert.Equal(ordered.OrderDescending(), ordered);
    });

    [Fact]
    public void A_better_match_in_words_and_meaning_is_never_overtaken_by_age_and_upvotes_alone()
    {
        var better = new Candidate(1, 10, 0.8f) { AgeInDays = 10_000 };
        var worse = new Candidate(2, 9, 0.7f) { AgeInDays = 0, Upvotes = 10_000 };
        Assert.Equal([1, 2], Ids(Ranking.Order([worse, better], attainable: 12, explain: false)));
    }

    [Fact]
    public void Equal_matches_are_ordered_by_age_then_upvotes()
    {
        var old = new Candidate(3, 10, 0.8f) { AgeInDays = 5_000 };
        var young = new Candidate(2, 10, 0.8f) { AgeInDays = 5 };
        var liked = new Candidate(1, 10, 0.8f) { AgeInDays = 5, Upvotes = 50 };
        Assert.Equal([1, 2, 3], Ids(Ranking.Order([old, young, liked], attainable: 12, explain: false)));
    }

    [Fact]
    public void Meaning_decides_while_no_paper_has_the_words_and_hardly_counts_once_one_has()
    {
        var byWords = new Candidate(1, 10, 0.4f);
        var byMeaning = new Candidate(2, 7, 0.9f);
        Assert.Equal([2, 1], Ids(Ranking.Order([byWords, byMeaning], attainable: 20, explain: false)));
        Assert.Equal([1, 2], Ids(Ranking.Order([byWords, byMeaning], attainable: 10, explain: false)));
    }

    [Fact]
    public void A_model_whose_cosines_are_all_high_orders_as_one_whose_cosines_are_spread()
    {
        Candidate[] spread = [new(1, 8, 0.2f), new(2, 4, 0.9f), new(3, 6, 0.4f), new(4, null, 0f)];
        Candidate[] high = [.. spread.Select(c => c with { Cosine = 0.8f + (0.2f * c.Cosine) })];
        Assert.Equal(Ids(Ranking.Order(spread, attainable: 20, explain: false)), Ids(Ranking.Order(high, attainable: 20, explain: false)));
    }

    private static IEnumerable<long> Ids(IEnumerable<RankedCandidate> ranked) => ranked.Select(one => one.Candidate.PaperId);
}
