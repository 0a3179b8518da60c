using DailyPapers.Lab.Optimization.GradientNoise;

namespace DailyPapers.Lab.Tests.Optimization.GradientNoise;

public sealed class RestartStudyTests
{
    [Fact]
    public void Diverged_restarts_are_failures_of_the_worst_score()
    {
        var study = new RestartStudy([90, double.NaN, 10, 81], success: 80, worst: 10);
        Assert.Equal((2, 2, 0.5), (study.Successes, study.Failures, study.Share));
        Assert.Equal(47.75, study.MeanScore, 1e-12);
    }

    [Fact]
    public void Studies_are_compared_by_their_shares()
    {
        var more = new RestartStudy(Enumerable.Range(0, 20).Select(i => i < 12 ? 1.0 : 0), 0.5);
        var fewer = new RestartStudy(Enumerable.Range(0, 10).Select(i => i < 2 ? 1.0 : 0), 0.5);
        Assert.Equal(3, more.SuccessRatio(fewer), 1e-12);
        Assert.True(more.PValueOfMoreSuccesses(fewer) < fewer.PValueOfMoreSuccesses(more));
        Assert.Equal(1, more.SuccessRatio(more), 1e-12);
    }

    [Fact]
    public void An_empty_baseline_counts_as_one_success()
    {
        var none = new RestartStudy(new double[50], 0.5);
        var four = new RestartStudy(Enumerable.Range(0, 50).Select(i => i < 4 ? 1.0 : 0), 0.5);
        Assert.Equal(4, four.SuccessRatio(none), 1e-12);
        Assert.Equal(0, none.SuccessRatio(none));
    }

    [Fact]
    public void Wilsons_interval_solves_the_equation_that_defines_it()
    {
        var study = new RestartStudy(Enumerable.Range(0, 40).Select(i => i < 9 ? 1.0 : 0), 0.5);
        foreach (var p in new[] { study.ShareInterval.Lower, study.ShareInterval.Upper })
            Assert.Equal(1.959963984540054, Math.Abs(study.Share - p) / Math.Sqrt(p * (1 - p) / 40), 1e-9);
        Assert.Equal(0, new RestartStudy(new double[5], 0.5).ShareInterval.Lower, 1e-12);
        Assert.Equal(1, new RestartStudy([1, 1, 1], 0.5).ShareInterval.Upper, 1e-12);
    }

    [Fact]
    public void A_study_needs_a_restart() => Assert.Throws<ArgumentException>(() => new RestartStudy([], 0.5));
}
