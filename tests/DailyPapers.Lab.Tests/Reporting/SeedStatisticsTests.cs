using CsCheck;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Tests.Reporting;

public sealed class SeedStatisticsTests
{
    [Theory]
    [InlineData(0.975, 1, 12.70620)]
    [InlineData(0.975, 2, 4.30265)]
    [InlineData(0.975, 9, 2.26216)]
    [InlineData(0.975, 30, 2.04227)]
    [InlineData(0.975, 1000, 1.96234)]
    [InlineData(0.95, 4, 2.13185)]
    [InlineData(0.5, 7, 0)]
    public void Quantiles_are_those_of_the_tables(double probability, int degrees, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(probability, degrees), 1e-5 * (1 + expected));

    [Fact]
    public void The_quantile_inverts_the_distribution_symmetrically() =>
        Gen.Select(Gen.Double[0.001, 0.999], Gen.Int[1, 200]).Sample((probability, degrees) =>
        {
            var t = StudentT.Quantile(probability, degrees);
            Assert.Equal(probability, StudentT.Cumulative(t, degrees), 10);
            Assert.Equal(-t, StudentT.Quantile(1 - probability, degrees), 6);
        }, iter: 500);

    [Fact]
    public void One_degree_of_freedom_is_the_cauchy_distribution() =>
        Gen.Double[-50, 50].Sample(t => Assert.Equal(0.5 + Math.Atan(t) / Math.PI, StudentT.Cumulative(t, 1), 12), iter: 500);

    [Fact]
    public void The_interval_of_a_known_sample()
    {
        var interval = SeedStatistics.StudentInterval([4.0, 5, 6, 7, 8])!;
        Assert.Equal(6 - 2.776445 * Math.Sqrt(2.5 / 5), interval.Lower, 5);
        Assert.Equal(6 + 2.776445 * Math.Sqrt(2.5 / 5), interval.Upper, 5);
    }

    [Fact]
    public void Fewer_than_two_values_or_a_diverged_seed_have_no_interval()
    {
        Assert.Null(SeedStatistics.StudentInterval([1.0]));
        Assert.Null(SeedStatistics.StudentInterval([]));
        Assert.Null(SeedStatistics.StudentInterval([1.0, double.NaN]));
        Assert.Null(SeedStatistics.StudentInterval([1.0, double.PositiveInfinity]));
        Assert.Null(SeedStatistics.Bootstrap([1.0], SeedStatistics.Mean, new Seed(1)));
    }

    [Fact]
    public void The_interval_covers_the_true_mean_about_as_often_as_it_says()
    {
        var random = new Seed(7).ToRandom();
        var covered = 0;
        for (var trial = 0; trial < 4000; trial++)
        {
            var sample = Enumerable.Range(0, 5).Select(_ => Normal(random)).ToList();
            covered += SeedStatistics.StudentInterval(sample)!.Contains(0) ? 1 : 0;
        }
        Assert.InRange(covered / 4000.0, 0.94, 0.96);
    }

    [Fact]
    public void The_bootstrap_agrees_with_student_on_a_normal_sample_and_repeats_itself()
    {
        var random = new Seed(3).ToRandom();
        var sample = Enumerable.Range(0, 100).Select(_ => Normal(random)).ToList();
        var student = SeedStatistics.StudentInterval(sample)!;
        var bootstrap = SeedStatistics.Bootstrap(sample, SeedStatistics.Mean, new Seed(1))!;
        Assert.Equal(student.Lower, bootstrap.Lower, 0.05);
        Assert.Equal(student.Upper, bootstrap.Upper, 0.05);
        Assert.Equal(bootstrap, SeedStatistics.Bootstrap(sample, SeedStatistics.Mean, new Seed(1)));
    }

    [Fact]
    public void The_median_takes_the_middle()
    {
        Assert.Equal(2, SeedStatistics.Median([3.0, 1, 2]));
        Assert.Equal(2.5, SeedStatistics.Median([4.0, 1, 2, 3]));
        Assert.Throws<ArgumentException>(() => SeedStatistics.Median([]));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    [Fact]
    public void A_mean_curve_is_the_mean_at_each_place()
    {
        Assert.Equal([2, 3, 4], SeedStatistics.MeanCurve([[1, 2, 3], [3, 4, 5]]));
        Assert.Throws<ArgumentException>(() => SeedStatistics.MeanCurve([]));
    }

    [Fact]
    public void An_axis_around_values_leaves_room_at_both_ends()
    {
        var axis = Axis.Around("x", [10, 20, 15]);
        Assert.Equal(9.6, axis.Minimum!.Value, 12);
        Assert.Equal(20.4, axis.Maximum!.Value, 12);
        Assert.Throws<ArgumentException>(() => Axis.Around("x", []));
    }
}
