using CsCheck;
using DailyPapers.Lab.Generalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.MoreIsBetter;

public sealed class NeuralTangentKernelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void The_empirical_kernel_is_that_of_automatic_differentiation(int hiddenLayers)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        var x = randn(5, 4, dtype: float64, generator: generator);
        using var network = new FiniteWidthNetwork(4, 16, new NeuralTangentKernel(hiddenLayers, 1.7, 0.2), generator);
        foreach (var parameter in network.Parameters)
            parameter.requires_grad_(true);
        var outputs = network.Forward(x);
        var rows = Enumerable.Range(0, 5).Select(i =>
            cat([.. autograd.grad([outputs[i]], [.. network.Parameters], retain_graph: true).Select(gradient => gradient.reshape(-1))])).ToList();
        var jacobian = stack(rows);
        Assert.True(allclose(jacobian.mm(jacobian.t()), network.TangentKernel(x, x), rtol: 1e-9, atol: 1e-9));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.3)]
    public void Wide_networks_have_the_limit_kernel(int hiddenLayers, double biasVariance)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(2).ToGenerator();
        var x = randn(5, 4, dtype: float64, generator: generator);
        var other = randn(3, 4, dtype: float64, generator: generator);
        var limit = new NeuralTangentKernel(hiddenLayers, 2, biasVariance);
        const int networks = 30;
        var mean = zeros(5, 3, dtype: float64);
        for (var i = 0; i < networks; i++)
        {
            using var network = new FiniteWidthNetwork(4, 512, limit, generator);
            mean += network.TangentKernel(x, other) / networks;
        }

        var expected = limit.Evaluate(x, other).Ntk;
        Assert.True((mean - expected).abs().max().item<double>() < 0.05 * expected.abs().max().item<double>());
    }

    [Fact]
    public void The_output_of_wide_networks_has_the_process_kernel()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(3).ToGenerator();
        var x = randn(3, 4, dtype: float64, generator: generator);
        var limit = new NeuralTangentKernel(2, 2, 0.3);
        const int networks = 2000;
        var covariance = zeros(3, 3, dtype: float64);
        for (var i = 0; i < networks; i++)
        {
            using var step = NewDisposeScope();
            using var network = new FiniteWidthNetwork(4, 64, limit, generator);
            var output = network.Forward(x).unsqueeze(1);
            covariance.add_(output.mm(output.t()) / networks);
        }

        var expected = limit.Evaluate(x, x).Nngp;
        Assert.True((covariance - expected).abs().max().item<double>() < 0.1 * expected.max().item<double>());
    }

    [Fact]
    public void The_profile_is_the_kernel_on_the_sphere() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Int[0, 4], Gen.Double[0, 1]).Sample((cosine, hiddenLayers, biasVariance) =>
        {
            using var scope = NewDisposeScope();
            var kernel = new NeuralTangentKernel(hiddenLayers, 1.9, biasVariance);
            var x = tensor([Math.Sqrt(2), 0.0], dtype: float64).unsqueeze(0);
            var other = tensor([Math.Sqrt(2) * cosine, Math.Sqrt(2 * (1 - cosine * cosine))], dtype: float64).unsqueeze(0);
            var (nngp, ntk) = kernel.Evaluate(x, other);
            Assert.Equal(kernel.Profile(cosine).Nngp, nngp.item<double>(), 1e-7);
            Assert.Equal(kernel.Profile(cosine).Ntk, ntk.item<double>(), 1e-7);
        }, iter: 100);

    [Fact]
    public void Kernels_on_the_sphere_are_the_sum_of_their_harmonics() =>
        Gen.Select(Gen.Int[3, 12], Gen.Double[-0.95, 0.95]).Sample((dimension, t) =>
        {
            var kernel = new SphericalKernel(ArcCosineKernel.Order1, dimension, maxDegree: 60);
            var sum = Enumerable.Range(0, 61).Sum(degree =>
                kernel.Eigenvalues[degree] * kernel.Multiplicities[degree] * SphericalKernel.Gegenbauer(dimension, degree, t));
            Assert.Equal(ArcCosineKernel.Order1(t), sum, 1e-4);
            Assert.Equal(1 / (2.0 * dimension), kernel.Eigenvalues[1], 1e-10);
            Assert.Equal(0, kernel.Eigenvalues[3]);
        }, iter: 20);

    [Fact]
    public void Harmonics_are_counted_as_in_three_dimensions() =>
        Assert.Equal([1, 3, 5, 7, 9], Enumerable.Range(0, 5).Select(degree => SphericalKernel.HarmonicCount(3, degree)));
}
