using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.Lipschitz;
using DailyPapers.Lab.Architectures.Serialization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.Lipschitz;

public sealed class LipschitzTransformerTests : IDisposable
{
    private static readonly LipschitzTransformerOptions _small = new(Vocabulary: 7, Dim: 8, Depth: 2, Heads: 2);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 3.0)]
    [InlineData(3, 0.3)]
    public void No_pair_of_inputs_breaks_the_bound(int seed, double scale)
    {
        using var scope = NewDisposeScope();
        new Seed(seed).SeedTorch();
        var model = Scaled(scale);
        var bound = model.Bound(1);
        var worst = 0.0;
        for (var trial = 0; trial < 100; trial++)
        {
            using var inner = NewDisposeScope();
            using var frozen = no_grad();
            var x = Unit(randn(4, 5, 8, dtype: float64));
            var y = Unit(x + randn(4, 5, 8, dtype: float64) * (trial % 2 == 0 ? 1e-4 : 1));
            var ratio = (Size(model.OfEmbedded(x) - model.OfEmbedded(y)) / Size(x - y)).max().item<double>();
            worst = Math.Max(worst, ratio);
        }
        Assert.InRange(worst, 0.01 * bound / (1 + Math.Pow(scale, 6)), bound);

        // The largest root mean square of a token, for each sequence.
        static Tensor Size(Tensor values) => values.square().mean([2L]).sqrt().amax([1L]);
        static Tensor Unit(Tensor values) => values / values.square().mean([2L], keepdim: true).sqrt().clamp_min(1);
    }

    [Fact]
    public void Gradient_ascent_does_not_break_the_bound_either()
    {
        using var scope = NewDisposeScope();
        new Seed(4).SeedTorch();
        var model = Scaled(1.5);
        var bound = model.Bound(1);
        var x = randn(1, 4, 8, dtype: float64);
        x /= x.square().mean([2L], keepdim: true).sqrt() * 1.1;
        var direction = randn(1, 4, 8, dtype: float64).requires_grad_(true);
        for (var step = 0; step < 60; step++)
        {
            using var inner = NewDisposeScope();
            var shift = direction / direction.square().mean([2L]).sqrt().max() * 0.01;
            var ratio = (model.OfEmbedded(x + shift) - model.OfEmbedded(x)).square().mean([2L]).sqrt().max() / 0.01;
            Assert.True(ratio.item<double>() <= bound);
            var gradient = autograd.grad([ratio], [direction])[0];
            using var frozen = no_grad();
            direction.add_(gradient / (gradient.norm() + 1e-12) * 0.3);
        }
    }

    [Fact]
    public void A_single_linear_map_has_its_norm_as_the_bound()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = Scaled(1);
        // Without value and contraction a block only shrinks its input: (1 − 1/4) four times.
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (name.StartsWith("_value", StringComparison.Ordinal) || name.StartsWith("_contract", StringComparison.Ordinal))
                parameter.zero_();
        }
        Assert.Equal(Math.Pow(0.75, 4) * SpectralNorm.RootMeanSquare(model.Matrices[^1]), model.Bound(1), 1e-10);
    }

    [Fact]
    public void Parameters_are_those_of_the_formula()
    {
        // Vocabulary · dim twice, and in each block four times dim² for attention and 2 · ratio · dim² for the feed-forward part.
        using var model = new LipschitzTransformer(new(Vocabulary: 65, Dim: 128, Depth: 3, Heads: 4), META);
        Assert.Equal(2 * 65 * 128 + 3 * 12 * 128 * 128, ModelCost.Parameters(model));
        Assert.Equal(6 * 3 + 1, model.Matrices.Count);
    }

    [Fact]
    public void Weights_start_at_norm_one()
    {
        using var scope = NewDisposeScope();
        using var model = new LipschitzTransformer(_small, dtype: float64);
        Assert.All(model.Matrices, matrix => Assert.Equal(1, SpectralNorm.Exact(matrix) * Math.Sqrt(matrix.shape[1] / (double)matrix.shape[0]), 1e-6));
        Assert.Equal(1, model.LargestEmbedding(), 1e-6);
    }

    [Fact]
    public void A_token_does_not_see_those_after_it_and_every_parameter_gets_a_gradient()
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        using var model = new LipschitzTransformer(_small, dtype: float64);
        var tokens = tensor(new long[,] { { 1, 2, 3, 4, 5, 6 } });
        var changed = tensor(new long[,] { { 1, 2, 3, 4, 0, 0 } });
        var (before, after) = (model.call(tokens), model.call(changed));
        Assert.Equal([1L, 6, 7], before.shape);
        Assert.True(before[.., ..4].allclose(after[.., ..4], 1e-10, 1e-12));
        Assert.False(before[.., 4..].allclose(after[.., 4..], 1e-6, 1e-6));
        before.square().sum().backward();
        Assert.All(model.named_parameters(), parameter => Assert.True(parameter.parameter.grad!.abs().sum().item<double>() > 0, parameter.name));
    }

    [Fact]
    public void Order_matters_through_the_rotary_positions()
    {
        using var scope = NewDisposeScope();
        new Seed(6).SeedTorch();
        using var model = new LipschitzTransformer(_small, dtype: float64);
        var (first, second) = (model.call(tensor(new long[,] { { 1, 2, 3 } })), model.call(tensor(new long[,] { { 2, 1, 3 } })));
        Assert.False(first[.., 2].allclose(second[.., 2], 1e-8, 1e-8));
    }

    [Fact]
    public void It_comes_back_from_a_file_and_wrong_shapes_are_named()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (new LipschitzTransformer(_small), new LipschitzTransformer(_small));
        var tokens = tensor(new long[,] { { 1, 2, 3 } });
        first.SaveSafetensors(_path);
        second.LoadSafetensors(_path);
        Assert.True(first.call(tokens).equal(second.call(tokens)).all().item<bool>());
        Assert.StartsWith("input: expected (*, *), got (3)", Assert.Throws<ArgumentException>(() => first.call(tokens[0])).Message, StringComparison.Ordinal);
        Assert.StartsWith("embedded: expected (*, *, 8), got (1, 2, 3)", Assert.Throws<ArgumentException>(() => first.OfEmbedded(zeros(1, 2, 3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LipschitzTransformer(_small with { Dim = 6 }));
    }

    [Fact]
    public void The_bound_of_a_chain_holds_and_is_reached_by_linear_layers()
    {
        using var scope = NewDisposeScope();
        new Seed(7).SeedTorch();
        var (first, second) = (nn.Linear(5, 9, dtype: float64), nn.Linear(9, 3, dtype: float64));
        var bound = LipschitzBound.OfChain([first, nn.ReLU(), second]);
        Assert.Equal(SpectralNorm.Exact(first.weight!) * SpectralNorm.Exact(second.weight!), bound, 1e-12);
        var x = randn(500, 5, dtype: float64);
        var observed = LipschitzBound.Observed(values => second.call(first.call(values).relu()), x, x + randn_like(x));
        Assert.InRange(observed, 0.05 * bound, bound);

        var (_, _, vh) = linalg.svd(first.weight!, fullMatrices: false);
        var along = vh[0].unsqueeze(0);
        Assert.Equal(SpectralNorm.Exact(first.weight!), LipschitzBound.Observed(first.call, along, along * 2), 1e-9);
        Assert.Equal(2, LipschitzBound.Observed(values => values * 2, along.repeat(2, 1), cat([along, along * 3])), 1e-9); // the first pair is one of equals
        Assert.Throws<ArgumentException>(() => LipschitzBound.OfChain([nn.Conv2d(1, 1, 3)]));
    }

    [Fact]
    public void The_largest_slope_of_GELU_is_the_constant()
    {
        using var scope = NewDisposeScope();
        var z = linspace(-5, 5, 200_001, dtype: float64).requires_grad_(true);
        nn.functional.gelu(z).sum().backward();
        Assert.Equal(LipschitzTransformer.GeluSlope, z.grad!.abs().max().item<double>(), 1e-8);
        Assert.True(z.grad!.abs().max().item<double>() <= LipschitzTransformer.GeluSlope);
    }

    private static LipschitzTransformer Scaled(double scale)
    {
        var model = new LipschitzTransformer(_small, dtype: float64);
        using var frozen = no_grad();
        foreach (var matrix in model.Matrices)
            matrix.mul_(scale);
        return model;
    }
}
