using CsCheck;
using DailyPapers.Lab.Generalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.MoreIsBetter;

public sealed class KernelRidgeTests
{
    [Fact]
    public void The_fit_minimises_the_regularised_loss() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Double[0.01, 5]).Sample((value, ridge) =>
        {
            using var scope = NewDisposeScope();
            var (kernel, targets) = Problem(value, 12);
            using var regression = KernelRidge.Fit(kernel, targets, ridge);
            // The gradient of |Y - KA|^2 + ridge tr(A'KA) by A, over 2K, is A ridge - (Y - KA).
            var gradient = regression.DualCoefficients * ridge - (targets - regression.Predict(kernel));
            Assert.True(gradient.abs().max().item<double>() < 1e-9);
        }, iter: 30);

    [Fact]
    public void The_path_agrees_with_cholesky_at_every_ridge() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Double[0.01, 5]).Sample((value, ridge) =>
        {
            using var scope = NewDisposeScope();
            var (kernel, targets) = Problem(value, 12);
            using var regression = KernelRidge.Fit(kernel, targets, ridge);
            using var path = new KernelRidgePath(kernel, targets);
            Assert.True(allclose(path.DualCoefficients(ridge), regression.DualCoefficients, rtol: 1e-8, atol: 1e-10));
            var residual = (regression.Predict(kernel) - targets).square().sum().item<double>() / 12;
            Assert.Equal(residual, path.TrainError(ridge), 1e-9);
            Assert.Equal(residual, path.TestErrors(kernel, targets, [ridge])[0], 1e-9);
            var inverse = linalg.inv(kernel + eye(12, dtype: float64) * ridge);
            Assert.Equal(1 / inverse.trace().item<double>(), path.ImplicitRidge(ridge), 1e-9);
            var expected = residual / Math.Pow(ridge / 12 * inverse.trace().item<double>(), 2);
            Assert.Equal(expected, path.GeneralizedCrossValidation(ridge), 1e-7 * expected);
        }, iter: 30);

    [Fact]
    public void Without_a_ridge_the_path_interpolates_and_takes_the_minimum_norm()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        var f = randn(10, 4, dtype: float64, generator: generator);
        var y = randn(10, 1, dtype: float64, generator: generator);
        // Rank 4 of 10: the dual solution must give the least-squares weights, not blow up on the null space.
        using var path = new KernelRidgePath(f.mm(f.t()), y);
        var weights = f.t().mm(path.DualCoefficients(0));
        Assert.True(allclose(weights, linalg.pinv(f).mm(y), rtol: 1e-8, atol: 1e-10));
        Assert.True(path.TrainError(0) > 0.01);
        var (kernel, targets) = Problem(2, 12);
        using var full = new KernelRidgePath(kernel, targets);
        Assert.True(full.TrainError(0) < 1e-18);
    }

    [Fact]
    public void Other_targets_share_the_decomposition_and_outlive_it()
    {
        using var scope = NewDisposeScope();
        var (kernel, targets) = Problem(5, 12);
        var first = new KernelRidgePath(kernel, targets);
        using var second = first.WithTargets(targets * 3);
        var expected = 9 * first.TrainError(0.3);
        first.Dispose();
        Assert.Equal(expected, second.TrainError(0.3), 1e-10);
    }

    [Fact]
    public void A_singular_kernel_without_ridge_is_refused_with_the_remedy()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => KernelRidge.Fit(zeros(3, 3, dtype: float64), ones(3, 1, dtype: float64), 0));
        Assert.Contains("larger ridge", error.Message, StringComparison.Ordinal);
    }

    private static (Tensor Kernel, Tensor Targets) Problem(int seed, int n)
    {
        using var generator = new Seed(seed).ToGenerator();
        var f = randn(n, 2 * n, dtype: float64, generator: generator);
        return (f.mm(f.t()) / n, randn(n, 2, dtype: float64, generator: generator));
    }
}
