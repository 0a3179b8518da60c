using CsCheck;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.NeuralNetworkKernels;
using DailyPapers.Lab.Generalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.NeuralNetworkKernels;

public sealed class KernelFeaturesTests
{
    private const int Inputs = 5;

    private static readonly (string Name, Func<long, bool, KernelFeatures> Draw)[] _kinds =
    [
        ("exp", (m, orthogonal) => new PositiveRandomFeatures(Inputs, m, orthogonal, dtype: float64)),
        ("sin", (m, orthogonal) => new UniversalRandomFeatures(Inputs, m, ActivationSpectrum.Sine, orthogonal, dtype: float64)),
        ("cos", (m, orthogonal) => new UniversalRandomFeatures(Inputs, m, ActivationSpectrum.Cosine, orthogonal, dtype: float64)),
        ("gaussian", (m, orthogonal) => new UniversalRandomFeatures(Inputs, m, ActivationSpectrum.Gaussian, orthogonal, dtype: float64)),
        ("relu", (m, orthogonal) => new ReluRandomFeatures(Inputs, m, orthogonal, dtype: float64)),
    ];

    public static TheoryData<string, bool> Kinds
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var (name, _) in _kinds)
            {
                data.Add(name, false);
                data.Add(name, true);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_inner_product_of_features_is_the_kernel_on_average(string kind, bool orthogonal)
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var (x, w, b) = (randn(3, Inputs, dtype: float64) * 0.4, randn(4, Inputs, dtype: float64) * 0.4, randn(4, dtype: float64));
        var features = Draw(kind, 100_000, orthogonal);
        var estimate = features.call(x).matmul(features.OfParameters(w, b).t());
        // With 10⁵ directions the standard error is about 0.005.
        Assert.True((estimate - features.Kernel(x, w, b)).abs().max().item<double>() < 0.03);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_arc_cosine_kernel_has_its_closed_form(bool bias)
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        var features = new ReluRandomFeatures(Inputs, 1, bias: bias, dtype: float64);
        var (x, w, b) = (randn(1, Inputs, dtype: float64), randn(1, Inputs, dtype: float64), randn(1, dtype: float64));
        var (a, c) = bias ? (cat([x, ones(1, 1, dtype: float64)], 1), cat([w, b.view(1, 1)], 1)) : (x, w);
        var (na, nc) = (a.norm().item<double>(), c.norm().item<double>());
        // E[ReLU ReLU] is half of the kernel's usual normalisation.
        var expected = na * nc * ArcCosineKernel.Order1((a * c).sum().item<double>() / (na * nc)) / 2;
        Assert.Equal(expected, features.Kernel(x, w, bias ? b : null).item<double>(), 1e-12);
    }

    [Fact]
    public void The_arc_cosine_kernel_of_nothing_is_zero()
    {
        using var scope = NewDisposeScope();
        var features = new ReluRandomFeatures(Inputs, 3, bias: false);
        Assert.Equal(0, features.Kernel(zeros(1, Inputs), ones(1, Inputs)).item<float>());
        Assert.Equal(0, features.Kernel(ones(1, Inputs), zeros(1, Inputs)).item<float>());
    }

    // Z = e^{…} of one direction; E|Z|² = e^{‖x‖² + ‖w‖²}, E Z² = c² e^{‖w‖² − ‖x‖² + 2i(2x·w + b)}, Var Re Z = (E|Z|² + Re E Z²)/2 − f².
    [Theory]
    [InlineData("sin", -1)]
    [InlineData("cos", 1)]
    public void The_mean_squared_error_is_the_closed_form_over_m(string kind, int squaredAmplitude)
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        var (x, w, b) = (randn(1, Inputs, dtype: float64) * 0.3, randn(1, Inputs, dtype: float64) * 0.3, randn(1, dtype: float64));
        const int directions = 400_000;
        var features = Draw(kind, directions, false);
        var f = features.Kernel(x, w, b).item<double>();
        // The estimate is the mean over directions of independent terms, a real and an imaginary part each.
        var terms = (features.call(x) * features.OfParameters(w, b)).view(2, directions).sum([0L]) * directions;
        var (xx, ww) = (x.square().sum().item<double>(), w.square().sum().item<double>());
        var angle = 2 * (2 * (x * w).sum().item<double>() + b.item<double>());
        var variance = (Math.Exp(xx + ww) + squaredAmplitude * Math.Exp(ww - xx) * Math.Cos(angle)) / 2 - f * f;
        Assert.Equal(1, (terms - f).square().mean().item<double>() / variance, 0.03);
    }

    [Fact]
    public void Positive_features_are_positive()
    {
        using var scope = NewDisposeScope();
        var features = new PositiveRandomFeatures(Inputs, 50, dtype: float64);
        Assert.True((features.call(randn(20, Inputs, dtype: float64)) > 0).all().item<bool>());
    }

    [Fact]
    public void The_waves_of_an_input_have_the_stated_length() => Gen.Double[-1, 1].Array[Inputs].Sample(
        values =>
        {
            using var scope = NewDisposeScope();
            new Seed(4).SeedTorch();
            var features = new UniversalRandomFeatures(Inputs, 7, ActivationSpectrum.Sine, dtype: float64);
            var length = features.call(tensor(values)).square().sum().item<double>();
            Assert.Equal(1, length / Math.Exp(values.Sum(value => value * value)), 1e-10);
        },
        iter: 50, threads: 1);

    [Fact]
    public void Orthogonal_directions_are_orthogonal_in_blocks_and_Gaussian_each() => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 30], Gen.Int[0, 1000]).Sample(
        (dimensions, rows, seed) =>
        {
            using var scope = NewDisposeScope();
            using var generator = new Seed(seed).ToGenerator();
            var drawn = OrthogonalGaussian.Draw(rows, dimensions, generator, float64);
            Assert.Equal([rows, dimensions], drawn.shape);
            for (var first = 0; first < rows; first += dimensions)
            {
                var block = drawn.narrow(0, first, Math.Min(dimensions, rows - first));
                var products = block.matmul(block.t());
                Assert.True((products - products.diagonal().diag()).abs().max().item<double>() < 1e-10);
            }
        },
        iter: 50, threads: 1);

    [Fact]
    public void An_orthogonal_direction_has_the_moments_of_a_Gaussian_one()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(5).ToGenerator();
        var drawn = OrthogonalGaussian.Draw(60_000, 3, generator, float64);
        var covariance = drawn.t().matmul(drawn) / 60_000;
        Assert.True((covariance - eye(3, dtype: float64)).abs().max().item<double>() < 0.03);
        Assert.True(drawn.mean([0]).abs().max().item<double>() < 0.02);
        Assert.Equal(3, drawn.pow(4).mean().item<double>(), 0.15);
    }

    [Fact]
    public void Wrong_shapes_are_named_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var features = new ReluRandomFeatures(4, 8);
        Assert.StartsWith("input: expected (..., 4), got (2, 5)", Assert.Throws<ArgumentException>(() => features.call(zeros(2, 5))).Message, StringComparison.Ordinal);
        Assert.StartsWith("weights: expected (*, 4), got (3, 5)", Assert.Throws<ArgumentException>(() => features.OfParameters(zeros(3, 5))).Message, StringComparison.Ordinal);
        Assert.StartsWith("biases: expected (3), got (2)", Assert.Throws<ArgumentException>(() => features.OfParameters(zeros(3, 4), zeros(2))).Message, StringComparison.Ordinal);
        var unbiased = new ReluRandomFeatures(4, 8, bias: false);
        Assert.Throws<ArgumentException>(() => unbiased.OfParameters(zeros(3, 4), zeros(3)));
    }

    [Fact]
    public void Multiply_adds_are_those_of_the_projection()
    {
        using var features = new UniversalRandomFeatures(6, 10, ActivationSpectrum.Cosine);
        using var input = zeros(3, 7, 6);
        Assert.Equal(3 * 7 * 6 * 10, ModelCost.MultiplyAdds(features, input));
        Assert.Equal(0, ModelCost.Parameters(features));
    }

    private static KernelFeatures Draw(string kind, long directions, bool orthogonal) => _kinds.Single(pair => pair.Name == kind).Draw(directions, orthogonal);
}
