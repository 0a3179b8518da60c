using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Tests.Reporting;

public sealed class SeedBandsTests
{
    [Fact]
    public void The_geometric_mean_is_the_mean_on_a_logarithmic_axis()
    {
        double[] xs = [1, 2];
        double[][] seeds = [[1, 10], [100, 1000], [10, 100]];
        // Logarithms of base ten lie at 0, 1, 2: their standard deviation is 1, and Student's quantile for two degrees of freedom 4.3027.
        var half = 4.302652729911275 / Math.Sqrt(3);
        var (chart, expected) = (new Chart("x", new Axis("y", Logarithmic: true)), new Chart("x", new Axis("y", Logarithmic: true)));
        chart.SeedGeometricMean(xs, seeds, "mean");
        expected.LineWithBand(
            xs, [10, 100], [Math.Pow(10, 1 - half), Math.Pow(10, 2 - half)], [Math.Pow(10, 1 + half), Math.Pow(10, 2 + half)], "mean");
        Assert.Equal(expected.ToSvg("t", "a"), chart.ToSvg("t", "a"));
    }

    [Fact]
    public void Values_that_have_no_logarithm_are_refused() =>
        Assert.Throws<ArgumentException>(() => new Chart("x", "y").SeedGeometricMean([1], [[0.0]], "mean"));
}
