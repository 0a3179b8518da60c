using CsCheck;
using DailyPapers.Search.Evaluation;

namespace DailyPapers.Tests.Search.Evaluation;

public class RankingMetricsTests
{
    private static readonly Dictionary<string, int> Graded = new() { ["a"] = 3, ["b"] = 2, ["c"] = 1, ["d"] = 0, ["spam"] = -2 };

    /// <summary>Grades of d0, d1, …, and an order of a part of these and of unjudged documents.</summary>
    private static readonly Gen<(Dictionary<string, int> Grades, string[] Ranking)> Case =
        from grades in Gen.Int[0, 3].Array[1, 30]
        from order in Gen.Shuffle(Enumerable.Range(0, grades.Length + 10).ToArray())
        from length in Gen.Int[0, grades.Length + 10]
        select (
            grades.Select((grade, i) => (Id: $"d{i}", grade)).ToDictionary(entry => entry.Id, entry => entry.grade),
            order.Take(length).Select(i => $"d{i}").ToArray());

    [Fact]
    public void Graded_gain_counts_each_grade_by_the_logarithm_of_its_place()
    {
        // DCG = 2/log₂2 + 0/log₂3 + 3/log₂4 + 0/log₂5 = 3.5, ideal = 3/log₂2 + 2/log₂3 + 1/log₂4 = 4.76186.
        Assert.Equal(0.735007, RankingMetrics.Ndcg(["b", "unjudged", "a", "d"], Graded, 10), 1e-6);
        Assert.Equal(2 / 3.0, RankingMetrics.Ndcg(["b", "a"], Graded, 1), 1e-12);
        Assert.Equal(0, RankingMetrics.Ndcg(["spam", "d"], Graded, 10));
        Assert.Equal(0, RankingMetrics.Ndcg(["d"], new Dictionary<string, int> { ["d"] = 0 }, 10));
    }

    [Fact]
    public void Measures_agree_with_the_values_that_pytrec_eval_documents()
    {
        var first = new Dictionary<string, int> { ["d1"] = 0, ["d2"] = 1, ["d3"] = 0 };
        Assert.Equal(0.3333333333333333, RankingMetrics.AveragePrecision(["d3", "d1", "d2"], first), 1e-12);
        Assert.Equal(0.5, RankingMetrics.Ndcg(["d3", "d1", "d2"], first, 10), 1e-12);
        var second = new Dictionary<string, int> { ["d2"] = 1, ["d3"] = 1 };
        Assert.Equal(0.5833333333333333, RankingMetrics.AveragePrecision(["d1", "d3", "d2"], second), 1e-12);
        Assert.Equal(0.6934264036172708, RankingMetrics.Ndcg(["d1", "d3", "d2"], second, 10), 1e-12);
    }

    [Fact]
    public void What_is_relevant_or_not_depends_on_the_least_grade_asked_for()
    {
        string[] ranking = ["c", "unjudged", "b", "a"];
        Assert.Equal(1, RankingMetrics.ReciprocalRank(ranking, Graded, 10));
        Assert.Equal(1 / 3.0, RankingMetrics.ReciprocalRank(ranking, Graded, 10, relevantFrom: 2), 1e-12);
        Assert.Equal(0, RankingMetrics.ReciprocalRank(ranking, Graded, 2, relevantFrom: 2));
        Assert.Equal(1 / 3.0, RankingMetrics.Recall(ranking, Graded, 2), 1e-12);
        Assert.Equal(0.5, RankingMetrics.Recall(ranking, Graded, 3, relevantFrom: 2), 1e-12);
        Assert.Equal((1 + (2 / 3.0) + (3 / 4.0)) / 3, RankingMetrics.AveragePrecision(ranking, Graded), 1e-12);
        Assert.Equal(0, RankingMetrics.Recall(ranking, new Dictionary<string, int>(), 10));
    }

    [Fact]
    public void Judged_is_the_share_of_hits_with_any_grade()
    {
        Assert.Equal(0.75, RankingMetrics.Judged(["d", "unjudged", "a", "spam"], Graded, 10));
        Assert.Equal(0.5, RankingMetrics.Judged(["d", "unjudged", "a"], Graded, 2));
        Assert.Equal(1, RankingMetrics.Judged([], Graded, 10));
    }

    [Fact]
    public void The_best_order_scores_one_and_every_order_between_none_and_one() => Case.Sample(given =>
    {
        foreach (var metric in Enum.GetValues<Metric>())
            Assert.InRange(RankingMetrics.Of(metric, given.Ranking, given.Grades), 0, 1 + 1e-12);
        if (given.Grades.Values.All(grade => grade == 0))
            return;
        var best = given.Grades.OrderByDescending(entry => entry.Value).Select(entry => entry.Key).ToArray();
        foreach (var metric in Enum.GetValues<Metric>())
            Assert.Equal(1, RankingMetrics.Of(metric, best, given.Grades), 1e-12);
    });

    [Fact]
    public void A_better_document_moved_ahead_never_lowers_a_measure() => Gen.Select(Case, Gen.Int[0, 100]).Sample((given, at) =>
    {
        if (given.Ranking.Length < 2)
            return;
        var i = at % (given.Ranking.Length - 1);
        var swapped = given.Ranking.ToArray();
        (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
        if (given.Grades.GetValueOrDefault(swapped[i]) < given.Grades.GetValueOrDefault(swapped[i + 1]))
            return;
        foreach (var metric in (Metric[])[Metric.NdcgAt10, Metric.MrrAt10, Metric.RecallAt100, Metric.AveragePrecision])
            Assert.True(RankingMetrics.Of(metric, swapped, given.Grades) >= RankingMetrics.Of(metric, given.Ranking, given.Grades) - 1e-12, metric.ToString());
    });

    [Fact]
    public void Names_of_documents_and_what_stands_beyond_the_depth_make_no_difference() => Case.Sample(given =>
    {
        var renamed = given.Grades.ToDictionary(entry => "x" + entry.Key, entry => entry.Value);
        string[] ranking = [.. given.Ranking.Select(id => "x" + id)];
        foreach (var metric in Enum.GetValues<Metric>())
            Assert.Equal(RankingMetrics.Of(metric, given.Ranking, given.Grades), RankingMetrics.Of(metric, ranking, renamed));
        Assert.Equal(RankingMetrics.Ndcg(given.Ranking, given.Grades, 10), RankingMetrics.Ndcg([.. given.Ranking.Take(10), "more", "and more"], given.Grades, 10), 1e-12);
    });

    [Fact]
    public void A_depth_or_a_least_grade_below_one_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.Ndcg(["a"], Graded, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.Recall(["a"], Graded, 10, relevantFrom: 0));
    }
}
