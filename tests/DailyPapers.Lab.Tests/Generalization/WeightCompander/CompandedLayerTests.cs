using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.Serialization;
using DailyPapers.Lab.Generalization.WeightCompander;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Tests.Generalization.WeightCompander;

public sealed class CompandedLayerTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_layer_begins_at_He_s_weights_cut_to_95_percent_of_the_bound()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var start = init.kaiming_normal_(empty(60, 40, dtype: float64));
        var compander = ArctanCompander.ForDeviation(Math.Sqrt(2.0 / 40), kappa: 0.8, slope: 2);
        new Seed(1).SeedTorch();
        var layer = new CompandedLinear(40, 60, compander, dtype: float64);
        var limit = 0.95 * compander.Bound;
        Assert.True(start.abs().gt(limit).any().item<bool>());
        Assert.True(start.clamp(-limit, limit).allclose(layer.Weight(), 1e-10, 1e-10));
        Assert.Equal(0, layer.Bias!.abs().sum().item<double>());
    }

    [Fact]
    public void A_folded_linear_layer_gives_the_same_outputs()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        var layer = new CompandedLinear(5, 7, new ArctanCompander(0.5, 0.2, learnable: true));
        var input = randn(3, 4, 5);
        Assert.True(layer.call(input).allclose(layer.Fold().call(input), 1e-6, 1e-6));
        var withoutBias = new CompandedLinear(5, 7, new TanhCompander(2, 1), bias: false);
        Assert.Null(withoutBias.Fold().bias);
        Assert.True(withoutBias.call(input).allclose(withoutBias.Fold().call(input), 1e-6, 1e-6));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void A_folded_convolution_gives_the_same_outputs_at_the_same_cost(long stride, long padding)
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        var layer = new CompandedConv2d(3, 4, 3, new ArctanCompander(0.9, 0.4), stride, padding);
        var folded = layer.Fold();
        var input = randn(2, 3, 8, 8);
        Assert.True(folded.call(input).allclose(layer.call(input), 1e-6, 1e-6));
        Assert.Equal(ModelCost.MultiplyAdds(folded, input), ModelCost.MultiplyAdds(layer, input));
        Assert.Equal(ModelCost.Parameters(folded), ModelCost.Parameters(layer));
    }

    [Fact]
    public void Learnt_constants_add_two_parameters_and_the_linear_layer_s_cost_stays()
    {
        using var layer = new CompandedLinear(6, 3, new ArctanCompander(1, 1, learnable: true, device: META), device: META);
        Assert.Equal(6 * 3 + 3 + 2, ModelCost.Parameters(layer));
        using var real = new CompandedLinear(6, 3, new ArctanCompander(1, 1));
        using var input = zeros(5, 6);
        Assert.Equal(5 * 6 * 3, ModelCost.MultiplyAdds(real, input));
    }

    [Fact]
    public void A_small_step_on_v_moves_the_weight_by_the_squared_slope()
    {
        using var scope = NewDisposeScope();
        new Seed(4).SeedTorch();
        var layer = new CompandedLinear(4, 3, new ArctanCompander(0.8, 0.3), dtype: float64);
        var input = randn(6, 4, dtype: float64);
        var folded = layer.Fold();
        folded.call(input).square().sum().backward();
        var before = layer.Weight().detach();
        var slope = layer.Reparameterization.Derivative(layer.Raw).detach();
        const double stepSize = 1e-6;
        using var optimizer = optim.SGD(layer.parameters(), stepSize);
        layer.call(input).square().sum().backward();
        optimizer.step();
        var moved = (layer.Weight() - before) / stepSize;
        Assert.True((-slope.square() * folded.weight.grad!).allclose(moved, 1e-3, 1e-3));
    }

    [Fact]
    public void Where_the_function_is_the_identity_training_follows_the_plain_network()
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        var companded = new CompandedLinear(4, 3, new ArctanCompander(1e4, 1e4), dtype: float64);
        var plain = companded.Fold();
        var (input, labels) = (randn(20, 4, dtype: float64), randint(0, 3, [20]));
        foreach (var layer in new Module<Tensor, Tensor>[] { companded, plain })
        {
            using var optimizer = optim.SGD(layer.parameters(), 0.1, momentum: 0.9, weight_decay: 1e-3);
            for (var step = 0; step < 20; step++)
            {
                optimizer.zero_grad();
                functional.cross_entropy(layer.call(input), labels).backward();
                optimizer.step();
            }
        }
        Assert.True(plain.weight.allclose(companded.Weight(), 1e-4, 1e-4));
        Assert.True(plain.weight.allclose(companded.Fold().weight, 1e-6, 1e-6));
    }

    [Fact]
    public void Weights_and_learnt_constants_move_by_file()
    {
        using var scope = NewDisposeScope();
        new Seed(6).SeedTorch();
        var first = new CompandedConv2d(1, 2, 3, new ArctanCompander(0.5, 0.2, learnable: true));
        var second = new CompandedConv2d(1, 2, 3, new ArctanCompander(0.9, 0.9, learnable: true));
        first.SaveSafetensors(_path);
        second.LoadSafetensors(_path);
        var input = randn(1, 1, 5, 5);
        Assert.True(first.call(input).equal(second.call(input)).all().item<bool>());
        Assert.Equal(0.5, ((ArctanCompander)second.Reparameterization).A, 1e-6);
    }

    [Fact]
    public void Statistics_of_known_weights_are_known()
    {
        using var scope = NewDisposeScope();
        // ±1 and 0 in equal parts: variance 2/3, fourth moment 2/3, kurtosis 1.5.
        var known = WeightStatistics.Compute(tensor(new double[] { -1, 0, 1, 0, -1, 1 }));
        Assert.Equal(1.5 - 3, known.ExcessKurtosis, 1e-12);
        Assert.Equal(1 / 3.0, known.NearZeroShare, 1e-12);
        Assert.Equal(Math.Sqrt(1.5), known.TailRatio, 1e-12);
        new Seed(7).SeedTorch();
        var normal = WeightStatistics.Compute(randn(200_000));
        Assert.Equal(0, normal.ExcessKurtosis, 0.05);
        Assert.Equal(0.0797, normal.NearZeroShare, 0.003);
        Assert.Throws<ArgumentException>(() => WeightStatistics.Compute(ones(4)));
        Assert.Throws<ArgumentException>(() => WeightStatistics.Compute(ReLU()));
    }

    [Fact]
    public void A_module_s_statistics_are_those_of_the_weights_in_use()
    {
        using var scope = NewDisposeScope();
        new Seed(8).SeedTorch();
        var companded = new CompandedLinear(8, 9, new ArctanCompander(0.3, 0.1));
        var plain = Linear(9, 4);
        var module = Sequential(companded, ReLU(), plain);
        var (first, second) = (WeightStatistics.Compute(companded.Weight()), WeightStatistics.Compute(plain.weight));
        var both = WeightStatistics.Compute(module);
        Assert.Equal((first.ExcessKurtosis + second.ExcessKurtosis) / 2, both.ExcessKurtosis, 1e-9);
        Assert.Equal((first.TailRatio + second.TailRatio) / 2, both.TailRatio, 1e-9);
    }

    [Fact]
    public void A_wrong_shape_is_named_with_what_was_expected()
    {
        using var linear = new CompandedLinear(4, 2, new TanhCompander(1, 1));
        using var convolution = new CompandedConv2d(3, 2, 3, new TanhCompander(1, 1));
        using var vectors = zeros(2, 5);
        using var maps = zeros(2, 1, 6, 6);
        Assert.StartsWith("input: expected (..., 4), got (2, 5)", Assert.Throws<ArgumentException>(() => linear.call(vectors)).Message, StringComparison.Ordinal);
        Assert.StartsWith("input: expected (*, 3, *, *), got (2, 1, 6, 6)", Assert.Throws<ArgumentException>(() => convolution.call(maps)).Message, StringComparison.Ordinal);
    }
}
