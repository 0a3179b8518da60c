using CsCheck;
using DailyPapers.Lab.Generalization;

namespace DailyPapers.Lab.Tests.Generalization.MoreIsBetter;

public sealed class PowerLawSpectrumTests
{
    private static readonly Gen<PowerLawSpectrum> _spectrum =
        from alpha in Gen.Double[1.05, 3]
        from share in Gen.Double[0.05, 0.95]
        select new PowerLawSpectrum(alpha, 1 + share * 2 * alpha);

    [Fact]
    public void Grouped_tails_keep_the_sums()
    {
        var grouped = new PowerLawSpectrum(1.4, 1.2).Modes(200_000, exact: 500);
        var exact = new PowerLawSpectrum(1.4, 1.2).Modes(200_000, exact: 200_001);
        Assert.True(grouped.Eigenvalues.Length < 5_000);
        Assert.Equal(200_000, grouped.Rank);
        Assert.Equal(exact.Trace, grouped.Trace, 1e-9);
        Assert.Equal(exact.TotalTargetPower, grouped.TotalTargetPower, 1e-9);
        var expected = new RandomFeatureEigenframework(exact, 0.1).Predict(3000, 5000, 0.01).TestError;
        Assert.Equal(expected, new RandomFeatureEigenframework(grouped, 0.1).Predict(3000, 5000, 0.01).TestError, 1e-6 * expected);
    }

    [Fact]
    public void The_optimal_fit_ratio_minimises_the_asymptotic_error() =>
        Gen.Select(_spectrum, Gen.Double[0, 20], Gen.Double[0, 0.99]).Sample((spectrum, noise, r) =>
        {
            var best = Math.Sqrt(spectrum.OptimalFitRatio(noise));
            Assert.True(spectrum.RelativeTestError(best, noise) <= spectrum.RelativeTestError(r, noise) * (1 + 1e-12));
            // Nearer to the boundary than the error's rounding, the sides cannot be told apart.
            if (Math.Abs(noise - spectrum.ObligatoryOverfittingNoise) > 1e-9)
                Assert.Equal(best == 0, noise <= spectrum.ObligatoryOverfittingNoise);
        }, iter: 500);

    [Theory]
    [InlineData(1.5, 1.6, 0.05)]
    [InlineData(1.5, 1.6, 5)]
    [InlineData(1.5, 3, 1)]
    [InlineData(2, 3, 5)]
    public void Many_samples_reach_the_theorem(double alpha, double beta, double noise)
    {
        var spectrum = new PowerLawSpectrum(alpha, beta);
        var modes = spectrum.Modes(100_000_000);
        var unit = new RandomFeatureEigenframework(modes, 0).Predict(2000, double.PositiveInfinity, 0).TestError;
        var framework = new RandomFeatureEigenframework(modes, noise * unit);
        Assert.Equal(spectrum.OptimalFitRatio(noise), framework.PredictAtOptimalRidge(2000, double.PositiveInfinity).FitRatio, 0.005);
        var atZero = framework.Predict(2000, double.PositiveInfinity, 0);
        Assert.Equal(spectrum.RelativeTestError(0, noise), atZero.TestError / unit, 0.02 * atZero.TestError / unit);
    }

    [Fact]
    public void The_theorem_is_refused_where_its_conditions_fail() =>
        Assert.Contains("α > 1", Assert.Throws<InvalidOperationException>(() => new PowerLawSpectrum(0.9, 1.5).OptimalFitRatio(0)).Message, StringComparison.Ordinal);
}
