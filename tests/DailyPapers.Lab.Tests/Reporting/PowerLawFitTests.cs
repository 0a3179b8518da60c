using CsCheck;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Tests.Reporting;

public sealed class PowerLawFitTests
{
    [Fact]
    public void A_power_law_is_recovered() =>
        Gen.Select(Gen.Double[0.1, 5], Gen.Double[-2, 2]).Sample((prefactor, exponent) =>
        {
            double[] xs = [0.01, 0.05, 0.1, 1, 3];
            var fit = PowerLawFit.Fit(xs, [.. xs.Select(x => prefactor * Math.Pow(x, exponent))]);
            Assert.Equal(prefactor, fit.Prefactor, 1e-9);
            Assert.Equal(exponent, fit.Exponent, 1e-9);
        });

    [Fact]
    public void The_exponent_knows_no_units()
    {
        double[] xs = [1, 2, 3, 7], ys = [1, 3, 4, 9];
        var (fit, scaled) = (PowerLawFit.Fit(xs, ys), PowerLawFit.Fit([.. xs.Select(x => 10 * x)], [.. ys.Select(y => 0.1 * y)]));
        Assert.Equal(fit.Exponent, scaled.Exponent, 1e-12);
        Assert.Equal(fit.RSquared, scaled.RSquared, 1e-12);
        Assert.InRange(fit.RSquared, 0.9, 0.9999);
    }

    [Fact]
    public void A_bend_costs_explained_variance()
    {
        double[] xs = [.. Enumerable.Range(0, 13).Select(i => Math.Pow(10, i / 8.0))];
        Assert.True(PowerLawFit.Fit(xs, [.. xs.Select(x => 1 - Math.Exp(-x))]).RSquared < 0.9);
    }

    [Fact]
    public void Points_that_have_no_power_law_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PowerLawFit.Fit([1, 2], [1, 2]));
        Assert.Throws<ArgumentException>(() => PowerLawFit.Fit([1, 2, 3], [1, 0, 2]));
        Assert.Throws<ArgumentException>(() => PowerLawFit.Fit([2, 2, 2], [1, 2, 3]));
    }
}
