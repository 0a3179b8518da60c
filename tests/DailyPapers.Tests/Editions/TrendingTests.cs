using CsCheck;
using DailyPapers.Editions;

namespace DailyPapers.Tests.Editions;

public class TrendingTests
{
    private static readonly Gen<(int Votes, int Elsewhere, double Days)> Papers = Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 5000], Gen.Double[0, 400]);

    [Fact]
    public void A_vote_more_ranks_higher() => Papers.Sample(p =>
        Assert.True(Score(p.Votes + 1, p.Elsewhere, p.Days) > Score(p.Votes, p.Elsewhere, p.Days)));

    [Fact]
    public void A_day_older_ranks_lower() => Papers.Sample(p =>
        Assert.True(Score(p.Votes, p.Elsewhere, p.Days + 1) < Score(p.Votes, p.Elsewhere, p.Days)));

    [Fact]
    public void Votes_elsewhere_count_less_than_votes_here() => Papers.Sample(p =>
        Assert.True(Score(p.Votes + p.Elsewhere + 1, 0, p.Days) > Score(p.Votes, p.Elsewhere, p.Days)));

    [Fact]
    public void A_date_in_the_future_is_as_good_as_today() => Assert.Equal(Score(3, 0, 0), Score(3, 0, -5));

    private static double Score(int votes, int elsewhere, double days) => Trending.Score(votes, elsewhere, TimeSpan.FromDays(days));
}
