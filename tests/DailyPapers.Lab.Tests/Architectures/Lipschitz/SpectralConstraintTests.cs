using CsCheck;
using DailyPapers.Lab.Architectures.Lipschitz;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.Lipschitz;

public sealed class SpectralConstraintTests
{
    private static readonly Gen<(int Rows, int Columns, int Seed)> _sizes = Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[0, 10_000]);

    [Fact]
    public void The_hard_cap_by_products_is_that_of_the_decomposition() => _sizes.Sample(
        size =>
        {
            using var scope = NewDisposeScope();
            var (products, decomposition) = (Drawn(size, 0.05, 3), Drawn(size, 0.05, 3));
            new SpectralHardCap(1.2).Apply(products, 0);
            new SpectralHardCap(1.2, exact: true).Apply(decomposition, 0);
            Assert.True((products - decomposition).abs().max().item<double>() < 1e-4);
        },
        iter: 50, threads: 1);

    [Fact]
    public void The_hard_cap_cuts_singular_values_and_keeps_the_others() => _sizes.Sample(
        size =>
        {
            using var scope = NewDisposeScope();
            var weight = Drawn(size, 0.05, 3);
            var before = Values(weight);
            new SpectralHardCap(1.2).Apply(weight, 0);
            Assert.All(before.Zip(Values(weight)), pair => Assert.Equal(Math.Min(pair.First, 1.2), pair.Second, 1e-4));
        },
        iter: 50, threads: 1);

    [Fact]
    public void The_soft_cap_brings_what_a_step_can_reach_back_to_the_maximum() => Gen.Select(_sizes, Gen.Double[0.01, 0.2]).Sample(
        (size, stepSize) =>
        {
            using var scope = NewDisposeScope();
            var weight = Drawn(size, 0.05, 1 + 1.21 * stepSize);
            var before = Values(weight);
            new SpectralSoftCap(1).Apply(weight, stepSize);
            var strength = SpectralSoftCap.Strength(1 + 1.21 * stepSize, 1);
            Assert.All(before.Zip(Values(weight)), pair => Assert.Equal(Composed(pair.First, strength), pair.Second, 1e-9));
            Assert.True(Values(weight).Max() <= 1 + 1e-9);
        },
        iter: 50, threads: 1);

    [Fact]
    public void The_soft_cap_s_strength_is_the_least_that_suffices() => Gen.Double[1.0001, 1.29].Sample(
        largest =>
        {
            var strength = SpectralSoftCap.Strength(largest, 1);
            Assert.Equal(1, Composed(largest, strength), 1e-9);
            Assert.True(Composed(largest, 0.99 * strength) > 1);
            // Monotone, so that no smaller singular value ends above.
            for (var x = 0.0; x < largest; x += 0.01)
                Assert.True(Composed(x, strength) < Composed(x + 0.01, strength) + 1e-12);
        });

    [Fact]
    public void Normalization_divides_by_the_largest_singular_value_when_it_is_too_large() => _sizes.Sample(
        size =>
        {
            using var scope = NewDisposeScope();
            var weight = Drawn(size, 0.05, 3);
            var before = Values(weight);
            new SpectralNormalization(1.2).Apply(weight, 0);
            var divisor = Math.Max(1, before.Max() / 1.2);
            Assert.All(before.Zip(Values(weight)), pair => Assert.Equal(pair.First / divisor, pair.Second, 1e-9));
        },
        iter: 30, threads: 1);

    [Fact]
    public void The_projection_sets_all_singular_values_and_the_hammer_only_the_largest()
    {
        using var scope = NewDisposeScope();
        var (projected, hammered) = (Drawn((5, 8, 1), 0.2, 3), Drawn((5, 8, 1), 0.2, 3));
        var before = Values(hammered);
        new StiefelProjection(0.7).Apply(projected, 0);
        Assert.All(Values(projected), value => Assert.Equal(0.7, value, 1e-4));
        new SpectralHammer(0.7, iterations: 2000).Apply(hammered, 0);
        Assert.Equal([.. before[1..].Append(0.7).OrderDescending()], Values(hammered), new Close(1e-4));
    }

    [Fact]
    public void Weight_decay_shrinks_by_the_step_and_holds_steps_of_norm_eta_below_the_maximum()
    {
        using var scope = NewDisposeScope();
        var weight = eye(3, dtype: float64);
        var decay = new WeightDecay(2);
        decay.Apply(weight, 0.1);
        Assert.Equal(0.95, weight[0, 0].item<double>(), 1e-12);
        for (var step = 0; step < 500; step++)
        {
            weight.add_(eye(3, dtype: float64) * 0.1);
            decay.Apply(weight, 0.1);
        }
        Assert.InRange(SpectralNorm.Exact(weight), 1.85, 2);
    }

    [Fact]
    public void Power_iteration_finds_the_largest_singular_value_with_its_vectors()
    {
        using var scope = NewDisposeScope();
        var weight = Drawn((6, 4, 2), 0.2, 3);
        var (sigma, left, right) = SpectralNorm.Power(weight, 500);
        Assert.Equal(SpectralNorm.Exact(weight), sigma.item<double>(), 1e-8);
        Assert.Equal(sigma.item<double>(), left.dot(weight.mv(right)).item<double>(), 1e-8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Power_iteration_is_not_caught_in_a_block_of_the_matrix(bool transposed)
    {
        using var scope = NewDisposeScope();
        // The longest row, and column, is (3, 0, 0); the largest singular value, √24, is that of the other rows.
        var weight = tensor(new double[,] { { 3, 0, 0 }, { 0, 2, 2 }, { 0, 2, 2 }, { 0, 2, 2 } });
        if (transposed)
            weight = weight.t().contiguous();
        Assert.Equal(Math.Sqrt(24), SpectralNorm.Power(weight, 50).Sigma.item<double>(), 1e-9);
        foreach (var type in new[] { float64, float32 })
        {
            var normalized = weight.to(type);
            new SpectralNormalization(1, iterations: 50).Apply(normalized, 0);
            Assert.Equal(1, SpectralNorm.RootMeanSquare(normalized), 1e-6);
        }
        var zero = zeros(4, 3);
        Assert.Equal(0, SpectralNorm.Power(zero, 5).Sigma.item<float>());
        new SpectralHammer(1).Apply(zero, 0);
        Assert.Equal(0, zero.abs().max().item<float>());
    }

    [Fact]
    public void Errors_name_what_is_wrong()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpectralHardCap(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpectralSoftCap.Strength(2, 1));
        Assert.StartsWith("weight: expected (*, *), got (3)", Assert.Throws<ArgumentException>(() => new WeightDecay(1).Apply(zeros(3), 0.1)).Message, StringComparison.Ordinal);
    }

    private static double Composed(double x, double a)
    {
        var y = x - a * x * x * x;
        return y + a * y * y * y;
    }

    // Singular values in units of √(out/in), largest first.
    private static double[] Values(Tensor weight) =>
        [.. linalg.svdvals(weight).data<double>().ToArray().Select(value => value * Math.Sqrt(weight.shape[1] / (double)weight.shape[0]))];

    private static Tensor Drawn((int Rows, int Columns, int Seed) size, double least, double greatest)
    {
        using var generator = new Seed(size.Seed).ToGenerator();
        var (u, sigma, vh) = linalg.svd(randn([size.Rows, size.Columns], dtype: float64, generator: generator), fullMatrices: false);
        var values = rand([sigma.shape[0]], dtype: float64, generator: generator) * (greatest - least) + least;
        return (u * values).matmul(vh) * Math.Sqrt(size.Rows / (double)size.Columns);
    }

    private sealed class Close(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }
}
