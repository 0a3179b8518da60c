using CsCheck;
using DailyPapers.Lab.Generalization;

namespace DailyPapers.Lab.Tests.Generalization.MoreIsBetter;

public sealed class RandomFeatureEigenframeworkTests
{
    private const double KernelRidge = double.PositiveInfinity;

    private static readonly Gen<(RandomFeatureEigenframework Framework, double N, double K, double Ridge)> _problem =
        from modes in Gen.Int[5, 300]
        from alpha in Gen.Double[0.5, 3]
        from beta in Gen.Double[0.5, 3]
        from noise in Gen.Double[0, 2]
        from n in Gen.Int[1, 400]
        from k in Gen.Int[1, 400]
        from logRidge in Gen.Double[-6, 3]
        select (new RandomFeatureEigenframework(new PowerLawSpectrum(alpha, beta).Modes(modes), noise), (double)n, (double)k, Math.Pow(10, logRidge));

    [Fact]
    public void The_implicit_ridges_solve_both_equations() =>
        _problem.Sample(problem =>
        {
            var (framework, n, k, ridge) = problem;
            var estimate = framework.Predict(n, k, ridge);
            var z = framework.Spectrum.Eigenvalues.ToArray().Sum(lambda => lambda / (lambda + estimate.Gamma));
            Assert.Equal(n, z + ridge / estimate.Kappa, n * 1e-9);
            Assert.Equal(k, z + k * estimate.Kappa / estimate.Gamma, k * 1e-9);
        }, iter: 300);

    [Fact]
    public void Errors_follow_the_papers_formulas() =>
        _problem.Sample(problem =>
        {
            var (framework, n, k, ridge) = problem;
            var estimate = framework.Predict(n, k, ridge);
            var (z, q, kappa, gamma) = (estimate.LearnedModes, estimate.SquaredLearnability, estimate.Kappa, estimate.Gamma);
            var bias = framework.Spectrum.Eigenvalues.ToArray().Zip(framework.Spectrum.TargetPower.ToArray(), (lambda, power) =>
                (gamma / (lambda + gamma) - kappa * lambda / ((lambda + gamma) * (lambda + gamma)) * k / (k - q)) * power).Sum();
            var expected = (bias + framework.NoiseVariance) / (1 - (q * (k - 2 * z) + z * z) / (n * (k - q)));
            // The formula subtracts q from k: the nearer they are, the fewer digits it keeps.
            Assert.Equal(expected, estimate.TestError, 1e-6 * Math.Max(1, k / (k - q)) * estimate.TestError);
            var root = ridge / (n * kappa);
            Assert.Equal(root * root * estimate.TestError, estimate.TrainError, 1e-9 * estimate.TestError);
            Assert.Equal(root * root, estimate.FitRatio, 1e-9);
        }, iter: 300);

    [Fact]
    public void Many_features_are_kernel_ridge_regression() =>
        _problem.Sample(problem =>
        {
            var (framework, n, _, ridge) = problem;
            var many = framework.Predict(n, 1e10, ridge);
            var kernel = framework.Predict(n, KernelRidge, ridge);
            Assert.Equal(kernel.Gamma, kernel.Kappa);
            Assert.Equal(kernel.TestError, many.TestError, 1e-5 * kernel.TestError);
            Assert.Equal(kernel.TrainError, many.TrainError, 1e-5 * kernel.TestError);
            var q = kernel.SquaredLearnability;
            var bias = framework.Spectrum.Eigenvalues.ToArray().Zip(framework.Spectrum.TargetPower.ToArray(), (lambda, power) =>
                Math.Pow(kernel.Gamma / (lambda + kernel.Gamma), 2) * power).Sum();
            Assert.Equal((bias + framework.NoiseVariance) / (1 - q / n), kernel.TestError, 1e-8 * kernel.TestError);
        }, iter: 200);

    [Fact]
    public void A_vanishing_ridge_is_the_ridgeless_limit() =>
        _problem.Where(problem => problem.N != problem.K && Math.Min(problem.N, problem.K) < problem.Framework.Spectrum.Rank).Sample(problem =>
        {
            var (framework, n, k, _) = problem;
            var limit = framework.Predict(n, k, 0);
            var small = framework.Predict(n, k, 1e-12 * limit.Gamma);
            Assert.Equal(limit.TestError, small.TestError, 1e-6 * limit.TestError);
            Assert.Equal(limit.TrainError, small.TrainError, 1e-6 * limit.TestError);
            Assert.Equal(n < k ? 0 : Math.Pow((n - k) / n, 2) * limit.TestError, limit.TrainError, 1e-9 * limit.TestError);
        }, iter: 200);

    [Fact]
    public void Isotropic_linear_regression_has_the_classical_ridgeless_errors()
    {
        const int d = 50;
        const double power = 2, noise = 0.3;
        var spectrum = new KernelSpectrum([1], [power], [d]);
        var framework = new RandomFeatureEigenframework(spectrum, noise);
        // Least squares: sigma^2 / (1 - d/n). Minimum norm: bias power (1 - n/d), and both inflated by 1 / (1 - n/d).
        Assert.Equal(noise / (1 - d / 120.0), framework.Predict(120, KernelRidge, 0).TestError, 1e-10);
        Assert.Equal(power * (1 - 20.0 / d) + noise / (1 - 20.0 / d), framework.Predict(20, KernelRidge, 0).TestError, 1e-10);
        Assert.Equal(double.PositiveInfinity, framework.Predict(d, KernelRidge, 0).TestError);
    }

    [Fact]
    public void Without_a_usable_sample_the_error_is_all_there_is()
    {
        var framework = new RandomFeatureEigenframework(new PowerLawSpectrum(1.5, 1.6).Modes(100), 0.1);
        var estimate = framework.Predict(50, 80, 1e12);
        Assert.Equal(framework.Spectrum.TotalTargetPower + 0.1, estimate.TestError, 1e-6);
        Assert.Equal(estimate.TestError, estimate.TrainError, 1e-6);
    }

    [Fact]
    public void At_the_optimal_ridge_more_samples_and_more_features_always_help() =>
        _problem.Where(problem => problem.Framework.NoiseVariance > 0.01).Sample(problem =>
        {
            var (framework, n, k, _) = problem;
            var error = framework.PredictAtOptimalRidge(n, k).TestError;
            Assert.True(framework.PredictAtOptimalRidge(1.2 * n, k).TestError < error);
            Assert.True(framework.PredictAtOptimalRidge(n, 1.2 * k).TestError < error);
            Assert.True(framework.PredictAtOptimalRidge(n, KernelRidge).TestError < error);
        }, iter: 100);

    [Fact]
    public void No_ridge_beats_the_optimal_one() =>
        _problem.Sample(problem =>
        {
            var (framework, n, k, ridge) = problem;
            var optimal = framework.PredictAtOptimalRidge(n, k);
            Assert.True(optimal.TestError <= framework.Predict(n, k, ridge).TestError * (1 + 1e-9));
            // An error of 1e-13 is the rounding of sums of order one.
            Assert.Equal(optimal.TestError, framework.Predict(n, k, optimal.Ridge).TestError, (1e-6 * optimal.TestError) + 1e-14);
        }, iter: 200);

    [Fact]
    public void A_group_of_equal_modes_is_those_modes() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[5, 60], Gen.Double[0.01, 10]).Sample((count, n, ridge) =>
        {
            var single = new KernelSpectrum([1, .. Enumerable.Repeat(0.2, count)], [1, .. Enumerable.Repeat(0.5 / count, count)]);
            var grouped = new KernelSpectrum([1, 0.2], [1, 0.5], [1, count]);
            var expected = new RandomFeatureEigenframework(single, 0.1).Predict(n, 30, ridge).TestError;
            Assert.Equal(expected, new RandomFeatureEigenframework(grouped, 0.1).Predict(n, 30, ridge).TestError, 1e-10 * expected);
        }, iter: 50);

    [Theory]
    [InlineData(0, 10, 1, "samples")]
    [InlineData(10, -1, 1, "features")]
    [InlineData(10, double.NaN, 1, "features")]
    [InlineData(10, 10, -1, "ridge")]
    [InlineData(10, 10, double.NaN, "ridge")]
    public void Bad_sizes_and_ridges_are_refused_by_name(double n, double k, double ridge, string parameter)
    {
        var framework = new RandomFeatureEigenframework(new PowerLawSpectrum(1.5, 1.6).Modes(10), 0);
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(() => framework.Predict(n, k, ridge)).ParamName);
    }

    [Fact]
    public void A_spectrum_names_the_entry_that_is_wrong()
    {
        Assert.Contains("Entry 1", Assert.Throws<ArgumentException>(() => new KernelSpectrum([1, -1], [1, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("Expected 2 entries", Assert.Throws<ArgumentException>(() => new KernelSpectrum([1, 1], [1])).Message, StringComparison.Ordinal);
    }
}
