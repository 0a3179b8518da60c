using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;
using DailyPapers.Lab.Architectures.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.KolmogorovArnold.ActivationFunctions;

public sealed class ActivationKanLayerTests
{
    private static readonly int[] _published = [784, 64, 10];

    public static TheoryData<BaseActivation, FunctionCombination, AttentionReduction> Kinds()
    {
        var kinds = new TheoryData<BaseActivation, FunctionCombination, AttentionReduction>();
        foreach (var combination in Enum.GetValues<FunctionCombination>())
            kinds.Add(BaseActivation.Silu, combination, AttentionReduction.GlobalAttention);
        foreach (var reduction in Enum.GetValues<AttentionReduction>())
            kinds.Add(BaseActivation.Softplus, FunctionCombination.Quad1, reduction);
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_are_finite_differences(BaseActivation activation, FunctionCombination combination, AttentionReduction reduction)
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        // Not scaled: bumps have equal peaks, so that the largest of a batch changes hands within a finite step.
        using var layer = new ActivationKanLayer(4, 3, 2, 1, activation, combination, reduction, normaliseFunctions: false, dtype: float64);
        AssertGradients(layer, 4);
    }

    [Fact]
    public void Gradients_of_scaled_functions_are_finite_differences()
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        using var layer = new ActivationKanLayer(4, 3, 2, 1, BaseActivation.Softplus, FunctionCombination.SumProd, dtype: float64);
        using (var free = no_grad())
            layer.named_parameters().Single(pair => pair.name == "_low").parameter.copy_(tensor(new[] { -0.6, 0.1, 0.4 }));
        AssertGradients(layer, 4);
    }

    [Fact]
    public void Gradients_of_relu_kan_are_finite_differences()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        using var layer = new ReluKanLayer(4, 3, dtype: float64);
        AssertGradients(layer, 4);
    }

    [Theory]
    [InlineData(AttentionReduction.GlobalAttention)]
    [InlineData(AttentionReduction.SpatialAttention)]
    [InlineData(AttentionReduction.Multistep)]
    public void A_layer_is_its_formula(AttentionReduction reduction)
    {
        using var scope = NewDisposeScope();
        new Seed(4).SeedTorch();
        const int rows = 3, inputs = 4, grid = 2, order = 1, functions = grid + order;
        using var layer = new ActivationKanLayer(inputs, 2, grid, order, reduction: reduction, dtype: float64);
        var x = randn(rows, inputs, dtype: float64);
        var parameters = layer.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.detach().flatten().data<double>().ToArray());
        var (low, high) = ActivationBasis.Ends(grid, order);

        // F scaled over the whole batch, one number from it for every input, a layer norm of those, SiLU, W.
        var f = new double[rows, inputs, functions];
        for (var row = 0; row < rows; row++)
            for (var i = 0; i < inputs; i++)
                for (var g = 0; g < functions; g++)
                    f[row, i, g] = Math.Pow(Silu(x[row, i].item<double>() - low[g]) * Silu(high[g] - x[row, i].item<double>()), 2);
        var (least, most) = (f.Cast<double>().Min(), f.Cast<double>().Max());
        for (var row = 0; row < rows; row++)
        {
            var scaled = Enumerable.Range(0, inputs).Select(i => Enumerable.Range(0, functions).Select(g => (f[row, i, g] - least) / (most - least)).ToArray()).ToArray();
            var reduced = Reduced(scaled);
            var (mean, variance) = (reduced.Average(), reduced.Average(value => Math.Pow(value - reduced.Average(), 2)));
            var activated = reduced.Select(value => Silu((value - mean) / Math.Sqrt(variance + 1e-5))).ToArray();
            for (var output = 0; output < 2; output++)
                Assert.Equal(activated.Select((value, i) => value * parameters["_weights.weight"][output * inputs + i]).Sum(), layer.call(x)[row, output].item<double>(), 1e-10);
        }

        double[] Reduced(double[][] scaled)
        {
            const double temperature = 2; // √4
            double Score(int i) => scaled[i].Select((value, g) => value * parameters["_scores.weight"][g]).Sum() + parameters["_scores.bias"][0];
            double Convolved(int i, int g) => parameters["_convolution.bias"][g]
                + Enumerable.Range(-1, 3).Where(shift => i + shift is >= 0 and < inputs).Sum(shift => parameters["_convolution.weight"][3 * g + shift + 1] * scaled[i + shift][g]);
            var places = Enumerable.Range(0, inputs);
            return reduction switch
            {
                AttentionReduction.Multistep => [.. places.Select(Score)],
                AttentionReduction.GlobalAttention => [.. places.Select(i => scaled[i].Sum() * Math.Exp(Score(i) / temperature) / places.Sum(other => Math.Exp(Score(other) / temperature)))],
                _ => [.. places.Select(i => scaled[i].Select((value, g) => value * Math.Exp(Convolved(i, g) / temperature)).Sum() / scaled[i].Select((_, g) => Math.Exp(Convolved(i, g) / temperature)).Sum())],
            };
        }

        static double Silu(double value) => value / (1 + Math.Exp(-value));
    }

    [Fact]
    public void A_batch_may_be_one_input_without_spread_or_empty()
    {
        using var scope = NewDisposeScope();
        foreach (var reduction in Enum.GetValues<AttentionReduction>())
        {
            using var layer = new ActivationKanLayer(3, 2, activation: BaseActivation.Relu, reduction: reduction);
            // All functions are 0 far outside the grid.
            Assert.True(layer.call(full(1, 3, 100)).isfinite().all().item<bool>());
            Assert.Equal([0L, 2L], layer.call(empty(0, 3)).shape);
        }
    }

    [Fact]
    public void Relu_kan_is_a_linear_map_of_the_bumps_of_its_normalised_input()
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        using var layer = new ReluKanLayer(3, 2, dtype: float64);
        var x = randn(4, 3, dtype: float64);
        var normalised = (x - x.mean([1], true)) / (x.var(1, false, true) + 1e-5).sqrt();
        var bumps = layer.Bumps(normalised);
        Assert.Equal([4L, 3L, 6L], bumps.shape);
        var expected = tensordot(bumps, layer.Weights.weight!.view(2, 3, 6), [1L, 2L], [1L, 2L]) + layer.Weights.bias!;
        Assert.True(layer.call(x).allclose(expected, 1e-10, 1e-12));
    }

    [Fact]
    public void Without_preferences_attention_is_the_mean()
    {
        using var scope = NewDisposeScope();
        var functions = rand(5, 4, 6);
        foreach (var (reduction, expected) in new[] { (AttentionReduction.GlobalAttention, functions.sum(-1) / 4), (AttentionReduction.SpatialAttention, functions.mean([2])) })
        {
            using var layer = new ActivationKanLayer(4, 2, reduction: reduction);
            foreach (var (name, parameter) in layer.named_parameters())
            {
                using var free = no_grad();
                if (name.Contains("scores", StringComparison.Ordinal) || name.Contains("convolution", StringComparison.Ordinal))
                    parameter.zero_();
            }
            Assert.True(layer.Reduce(functions).allclose(expected, 1e-5, 1e-6));
        }
    }

    [Fact]
    public void Without_a_softmax_the_reduction_is_linear()
    {
        using var scope = NewDisposeScope();
        using var layer = new ActivationKanLayer(4, 2, reduction: AttentionReduction.Multistep);
        var (first, second) = (rand(5, 4, 6), rand(5, 4, 6));
        Assert.True((layer.Reduce(first) + layer.Reduce(second)).allclose(layer.Reduce(first + second) + layer.Reduce(zeros(5, 4, 6)), 1e-5, 1e-6));
    }

    [Fact]
    public void Functions_are_scaled_to_the_unit_interval_over_the_batch()
    {
        using var scope = NewDisposeScope();
        using var layer = new ActivationKanLayer(4, 2);
        var functions = layer.Functions(randn(20, 4));
        Assert.Equal(0, functions.min().item<float>(), 1e-6);
        Assert.Equal(1, functions.max().item<float>(), 1e-6);
        using var plain = new ActivationKanLayer(4, 2, normaliseFunctions: false);
        var input = randn(20, 4);
        Assert.True(plain.call(input).narrow(0, 0, 5).allclose(plain.call(input.narrow(0, 0, 5)), 1e-5, 1e-6));
    }

    [Fact]
    public void Parameters_are_those_of_the_formula_and_of_the_published_network()
    {
        using var scope = NewDisposeScope();
        foreach (var reduction in Enum.GetValues<AttentionReduction>())
        {
            using var layer = new ActivationKanLayer(12, 7, 4, 2, reduction: reduction);
            Assert.Equal(ActivationKanLayer.ParameterCount(12, 7, 4, 2, reduction), ModelCost.Parameters(layer));
        }
        // 784-64-10 with G = k = 3: about 52 thousand, and the MLP's as many.
        using var kan = ActivationKan.Create(_published, device: META);
        Assert.Equal(52_552, ModelCost.Parameters(kan));
        Assert.Equal(ActivationKanLayer.ParameterCount(784, 64) + ActivationKanLayer.ParameterCount(64, 10), ModelCost.Parameters(kan));
        using var mlp = ActivationKan.Mlp(_published, device: META);
        Assert.Equal(784 * 64 + 64 * 10 + 2 * (784 + 64), ModelCost.Parameters(mlp));
        using var relu = ActivationKan.Relu(_published, device: META);
        Assert.Equal(6 * (784 * 64 + 64 * 10) + 64 + 10 + (2 + 12) * (784 + 64), ModelCost.Parameters(relu));
    }

    [Fact]
    public void Multiply_adds_are_those_of_maps_and_reductions()
    {
        using var scope = NewDisposeScope();
        using var global = new ActivationKanLayer(12, 7);
        Assert.Equal(5 * (12 * 7 + 12 * 6), ModelCost.MultiplyAdds(global, zeros(5, 12)));
        using var spatial = new ActivationKanLayer(12, 7, reduction: AttentionReduction.SpatialAttention);
        Assert.Equal(5 * (12 * 7 + 12 * 6 + 12 * 6 * 3), ModelCost.MultiplyAdds(spatial, zeros(5, 12)));
        using var relu = new ReluKanLayer(12, 7);
        Assert.Equal(5 * 12 * 6 * 7, ModelCost.MultiplyAdds(relu, zeros(5, 12)));
    }

    [Fact]
    public void Errors_say_what_was_expected()
    {
        using var scope = NewDisposeScope();
        using var layer = new ActivationKanLayer(4, 2);
        using var relu = new ReluKanLayer(4, 2);
        Assert.StartsWith("input: expected (*, 4), got (2, 5)", Assert.Throws<ArgumentException>(() => layer.call(ones(2, 5))).Message, StringComparison.Ordinal);
        Assert.StartsWith("input: expected (*, 4), got (3, 2, 4)", Assert.Throws<ArgumentException>(() => relu.call(ones(3, 2, 4))).Message, StringComparison.Ordinal);
        Assert.StartsWith("functions: expected (*, 4, 6), got (2, 4, 5)", Assert.Throws<ArgumentException>(() => layer.Reduce(ones(2, 4, 5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_survive_a_file_and_types_and_devices_are_kept()
    {
        using var scope = NewDisposeScope();
        int[] widths = [8, 5, 3];
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var input = randn(6, 8);
            foreach (var make in new Func<Device?, ScalarType?, nn.Module<Tensor, Tensor>>[]
            {
                (device, type) => ActivationKan.Create(widths, device: device, dtype: type), (device, type) => ActivationKan.Relu(widths, device: device, dtype: type),
                (device, type) => ActivationKan.Mlp(widths, device, type),
            })
            {
                var file = Path.Combine(folder.FullName, "kan.safetensors");
                using var saved = make(null, null);
                using var read = make(null, null);
                saved.SaveSafetensors(file);
                read.LoadSafetensors(file);
                Assert.True(saved.call(input).allclose(read.call(input), 0, 0));
                using var wide = make(null, float64);
                Assert.Equal(float64, wide.call(input.to(float64)).dtype);
                using var meta = make(META, null);
                Assert.All(meta.parameters(), parameter => Assert.Equal(DeviceType.META, parameter.device_type));
            }
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static void AssertGradients(nn.Module<Tensor, Tensor> layer, int channels)
    {
        var input = randn(5, channels, dtype: float64).requires_grad_();
        var weights = layer.call(input).detach().clone().normal_();
        double Value() => (layer.call(input) * weights).sum().item<double>();
        (layer.call(input) * weights).sum().backward();
        foreach (var leaf in layer.parameters().Select(parameter => (Tensor)parameter).Append(input))
        {
            if (leaf.grad is not { } gradient)
                continue;
            var exact = gradient.flatten().data<double>().ToArray();
            using var free = no_grad();
            for (var i = 0; i < exact.Length; i++)
            {
                var element = leaf.detach().view(-1)[i];
                element.add_(1e-6);
                var above = Value();
                element.sub_(2e-6);
                var below = Value();
                element.add_(1e-6);
                Assert.Equal(exact[i], (above - below) / 2e-6, 1e-5 * Math.Max(1, Math.Abs(exact[i])));
            }
        }
    }
}
