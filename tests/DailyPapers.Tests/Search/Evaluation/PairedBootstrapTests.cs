using DailyPapers.Search.Evaluation;

namespace DailyPapers.Tests.Search.Evaluation;

public class PairedBootstrapTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, 50).Select(i => (i * 37 % 50) / 50.0)];

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var first = new PairedBootstrap(50, 500, seed: 1).Mean(Values);
        Assert.Equal(first, new PairedBootstrap(50, 500, seed: 1).Mean(Values));
        Assert.NotEqual(first, new PairedBootstrap(50, 500, seed: 2).Mean(Values));
        Assert.Equal(0.49, first.Mean, 1e-12);
        Assert.True(first.Low < first.Mean && first.Mean < first.High);
    }

    [Fact]
    public void A_constant_gain_is_certain_however_the_queries_differ()
    {
        var bootstrap = new PairedBootstrap(50, 500, seed: 1);
        var gain = bootstrap.Difference([.. Values.Select(value => value + 0.1)], Values);
        Assert.Equal((0.1, 0.1, 0.1), (Math.Round(gain.Mean, 9), Math.Round(gain.Low, 9), Math.Round(gain.High, 9)));
        // Unpaired, the intervals of the two would overlap.
        Assert.True(bootstrap.Mean(Values).High > bootstrap.Mean([.. Values.Select(value => value + 0.1)]).Low);
    }

    [Fact]
    public void About_95_of_100_intervals_hold_the_true_mean()
    {
        var random = new Random(5);
        var held = 0;
        for (var trial = 0; trial < 400; trial++)
        {
            // A skewed distribution with mean 1/4, as scores of hard queries have.
            double[] sample = [.. Enumerable.Range(0, 60).Select(_ => Math.Pow(random.NextDouble(), 3))];
            var interval = new PairedBootstrap(60, 400, seed: trial).Mean(sample);
            if (interval.Low <= 0.25 && 0.25 <= interval.High)
                held++;
        }
        Assert.InRange(held / 400.0, 0.90, 0.98);
    }

    [Fact]
    public void Sizes_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedBootstrap(0, 500, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedBootstrap(10, 99, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedBootstrap(10, 100, 1).Mean(Values));
    }
}
