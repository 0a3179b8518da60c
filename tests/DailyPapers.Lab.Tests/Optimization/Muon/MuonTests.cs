using CsCheck;
using DailyPapers.Lab.Architectures.Lipschitz;
using DailyPapers.Lab.Optimization.Muon;
using TorchSharp.Modules;
using static TorchSharp.torch;
using MuonOptimizer = DailyPapers.Lab.Optimization.Muon.Muon;

namespace DailyPapers.Lab.Tests.Optimization.Muon;

public sealed class MuonTests
{
    private static readonly Gen<(int Rows, int Columns, int Seed)> _sizes = Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[0, 10_000]);

    [Fact]
    public void The_polar_factor_is_that_of_the_decomposition() => _sizes.Sample(
        size =>
        {
            using var scope = NewDisposeScope();
            var (matrix, u, vh) = Drawn(size.Rows, size.Columns, size.Seed);
            Assert.True((NewtonSchulz.Polar(matrix) - u.matmul(vh)).abs().max().item<double>() < 1e-6);
        },
        iter: 50, threads: 1);

    [Fact]
    public void Muon_s_polynomial_brings_singular_values_near_one_in_five_steps() => _sizes.Sample(
        size =>
        {
            using var scope = NewDisposeScope();
            var (matrix, _, _) = Drawn(size.Rows, size.Columns, size.Seed);
            var values = linalg.svdvals(NewtonSchulz.Orthogonalize(matrix)).data<double>().ToArray();
            // The polynomial sends [0.02, 1] into about [0.68, 1.21] in five steps.
            Assert.All(values, value => Assert.InRange(value, 0.6, 1.25));
        },
        iter: 50, threads: 1);

    [Fact]
    public void The_polar_factor_reaches_singular_values_down_to_a_hundred_thousandth_of_the_norm()
    {
        using var scope = NewDisposeScope();
        var (_, u, vh) = Drawn(4, 6, 4);
        var matrix = (u * tensor(new[] { 1, 0.5, 0.1, 1.2e-5 })).matmul(vh);
        Assert.True((NewtonSchulz.Polar(matrix) - u.matmul(vh)).abs().max().item<double>() < 1e-6);
    }

    [Fact]
    public void One_iteration_is_the_polynomial_of_the_singular_values()
    {
        using var scope = NewDisposeScope();
        var (u, sigma, vh) = linalg.svd(Drawn(4, 6, 1).Matrix, fullMatrices: false);
        var matrix = (u * sigma).matmul(vh);
        sigma /= sigma.norm();
        var (a, b, c) = NewtonSchulz.Fast;
        var expected = (u * (sigma * a + sigma.pow(3) * b + sigma.pow(5) * c)).matmul(vh);
        Assert.True(expected.allclose(NewtonSchulz.Orthogonalize(matrix, 1), 1e-10, 1e-12));
    }

    [Fact]
    public void A_step_has_the_stated_norm_and_a_zero_gradient_makes_none()
    {
        using var scope = NewDisposeScope();
        var (gradient, _, _) = Drawn(8, 4, 2);
        var weight = new Parameter(zeros(8, 4, dtype: float64));
        using var muon = new MuonOptimizer([weight], momentum: 0);
        (weight * gradient).sum().backward();
        muon.Step(0.1);
        // Units of √(out/in) = √2.
        Assert.InRange(SpectralNorm.Exact(weight) / (0.1 * Math.Sqrt(2)), 0.6, 1.25);

        var still = new Parameter(ones(3, 3, dtype: float64));
        using var other = new MuonOptimizer([still]);
        (still * zeros(3, 3, dtype: float64)).sum().backward();
        other.Step(0.1);
        Assert.True(still.eq(1).all().item<bool>());
    }

    [Fact]
    public void Embeddings_of_tokens_that_were_met_move_by_the_step_size()
    {
        using var scope = NewDisposeScope();
        var embedding = new Parameter(zeros(4, 5, dtype: float64));
        using var muon = new MuonOptimizer([], [embedding], momentum: 0);
        embedding.narrow(0, 0, 2).pow(1).sum().backward();
        muon.Step(0.3);
        var moved = embedding.detach().square().mean([1L]).sqrt().data<double>().ToArray();
        Assert.Equal(0.3, moved[0], 1e-10);
        Assert.Equal(0.3, moved[1], 1e-10);
        Assert.Equal([0.0, 0.0], moved[2..]);
    }

    [Fact]
    public void It_finds_the_minimum_of_a_quadratic()
    {
        using var scope = NewDisposeScope();
        var (target, _, _) = Drawn(5, 7, 3);
        var weight = new Parameter(zeros(5, 7, dtype: float64));
        using var muon = new MuonOptimizer([weight], momentum: 0.5);
        for (var step = 0; step < 400; step++)
        {
            using var inner = NewDisposeScope();
            muon.ZeroGradients();
            (weight - target).square().sum().backward();
            muon.Step(0.2 * (1 - step / 400.0));
        }
        Assert.True((weight - target).norm().item<double>() < 0.02 * target.norm().item<double>());
    }

    [Fact]
    public void A_vector_is_refused()
    {
        using var bias = new Parameter(zeros(3));
        Assert.StartsWith("matrices: expected (*, *), got (3)", Assert.Throws<ArgumentException>(() => new MuonOptimizer([bias])).Message, StringComparison.Ordinal);
        Assert.StartsWith("embeddings: expected (*, *), got (3)", Assert.Throws<ArgumentException>(() => new MuonOptimizer([], [bias])).Message, StringComparison.Ordinal);
    }

    // Singular values between a twentieth and 1.
    private static (Tensor Matrix, Tensor U, Tensor Vh) Drawn(int rows, int columns, int seed)
    {
        using var generator = new Seed(seed).ToGenerator();
        var (u, sigma, vh) = linalg.svd(randn([rows, columns], dtype: float64, generator: generator), fullMatrices: false);
        var values = rand([sigma.shape[0]], dtype: float64, generator: generator) * 0.8 + 0.2;
        return ((u * values).matmul(vh), u, vh);
    }
}
