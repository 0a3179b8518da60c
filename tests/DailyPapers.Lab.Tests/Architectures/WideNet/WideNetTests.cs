using CsCheck;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.Serialization;
using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Architectures.WideNet;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.WideNet;

public sealed class WideNetTests : IDisposable
{
    private static readonly WideNetConfig _small = new(Dim: 12, Depth: 3, Heads: 3, Hidden: 20, Experts: 4, K: 2);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void The_gathered_output_and_its_gradients_are_those_of_the_dense_version()
    {
        (from tokens in Gen.Int[1, 30]
         from experts in Gen.Int[1, 6]
         from k in Gen.Int[1, 3]
         from factor in Gen.Int[0, 3].Select(choice => new double?[] { null, 0, 0.5, 1.2 }[choice])
         from seed in Gen.Int[0, 10_000]
         select (tokens, experts, k: Math.Min(k, experts), factor, seed)).Sample(
            drawn =>
            {
                using var scope = NewDisposeScope();
                new Seed(drawn.seed).SeedTorch();
                var layer = new MixtureOfExperts(5, 7, drawn.experts, drawn.k, drawn.factor, noiseStd: 0, dtype: float64);
                var (input, upstream) = (randn(drawn.tokens, 5, dtype: float64), randn(drawn.tokens, 5, dtype: float64));
                var gathered = Gradients(layer, layer.forward, input, upstream);
                var dense = Gradients(layer, layer.Dense, input, upstream);
                Assert.Equal(dense.Count, gathered.Count);
                foreach (var (name, expected) in dense)
                    Assert.True(expected.allclose(gathered[name], 1e-9, 1e-9), name);
            },
            iter: 40, threads: 1);
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        var layer = new MixtureOfExperts(3, 4, 3, 2, capacityFactor: null, noiseStd: 0, dtype: float64);
        var (input, upstream) = (randn(5, 3, dtype: float64).requires_grad_(), randn(5, 3, dtype: float64));
        (layer.call(input) * upstream).sum().backward();
        const double step = 1e-6;
        for (var token = 0; token < 5; token++)
            for (var channel = 0; channel < 3; channel++)
                Assert.Equal((Value(token, channel, step) - Value(token, channel, -step)) / (2 * step), input.grad![token, channel].item<double>(), 1e-7);

        double Value(int token, int channel, double change)
        {
            using var inference = no_grad();
            var moved = input.detach().clone();
            moved[token, channel] += change;
            return (layer.call(moved) * upstream).sum().item<double>();
        }
    }

    [Fact]
    public void One_expert_without_noise_is_a_plain_feed_forward_part()
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        var layer = new MixtureOfExperts(4, 6, 1, 1, capacityFactor: null, dtype: float64);
        var plain = new FeedForward(4, 6, dtype: float64);
        using (no_grad())
        {
            plain.First.weight!.copy_(Part(layer, "_firstWeight")[0]);
            plain.Second.weight!.copy_(Part(layer, "_secondWeight")[0]);
        }
        var input = randn(2, 3, 4, dtype: float64);
        Assert.True(plain.call(input).allclose(layer.call(input), 1e-12, 1e-12));
    }

    [Fact]
    public void Without_capacity_only_the_residual_passes()
    {
        using var scope = NewDisposeScope();
        new Seed(4).SeedTorch();
        var layer = new MixtureOfExperts(4, 6, 4, 2, capacityFactor: 0);
        Assert.Equal(0, layer.call(randn(2, 3, 4)).abs().max().item<float>());
        var config = _small with { CapacityFactor = 0, Depth = 1 };
        var trunk = new SharedDepthTransformer(config);
        var attention = trunk.modules().OfType<MultiHeadAttention>().Single();
        var norm = trunk.modules().OfType<LayerNorm>().First();
        var input = randn(2, 5, 12);
        Assert.True((input + attention.call(norm.call(input))).allclose(trunk.call(input), 1e-6, 1e-6));
    }

    [Fact]
    public void Full_experts_keep_first_choices_and_earlier_tokens()
    {
        using var index = tensor(new long[] { 0, 1, 0, 1, 0, 1, 1, 0 }, [4, 2]);
        var dispatch = ExpertDispatch.Of(index, 2, 2);
        // Expert 0 takes the first choices of tokens 0 and 1. Expert 1 takes token 3's first choice, then token 0's second.
        Assert.Equal([0, 1, 3, 0], dispatch.Tokens);
        Assert.Equal([0, 2, 6, 1], dispatch.Slots);
        Assert.Equal([2, 2], dispatch.Counts);
        Assert.Equal(4, dispatch.Dropped);
        Assert.Equal(8, ExpertDispatch.Of(index, 2, null).Tokens.Count);
        Assert.Equal(4, ExpertDispatch.Capacity(1.2, 6, 2, 4)); // 3.6, rounded up
        Assert.Equal(6, ExpertDispatch.Capacity(9, 6, 2, 4)); // no expert is chosen twice by a token
    }

    [Fact]
    public void Dispatch_gives_every_choice_once_and_to_its_expert()
    {
        (from tokens in Gen.Int[1, 40] from k in Gen.Int[1, 3] from capacity in Gen.Int[0, 40] from chosen in Gen.Long[0, 4].Array[tokens * k] select (tokens, k, capacity, chosen)).Sample(
            drawn =>
            {
                using var index = tensor(drawn.chosen, [drawn.tokens, drawn.k]);
                var dispatch = ExpertDispatch.Of(index, 5, drawn.capacity);
                Assert.Equal(dispatch.Slots.Count, dispatch.Slots.Distinct().Count());
                Assert.Equal(drawn.chosen.Length, dispatch.Slots.Count + dispatch.Dropped);
                var place = 0;
                for (var expert = 0; expert < 5; expert++)
                {
                    Assert.Equal(Math.Min(drawn.capacity, drawn.chosen.Count(choice => choice == expert)), dispatch.Counts[expert]);
                    for (var i = 0; i < dispatch.Counts[expert]; i++, place++)
                    {
                        Assert.Equal(expert, drawn.chosen[dispatch.Slots[place]]);
                        Assert.Equal(dispatch.Slots[place] / drawn.k, dispatch.Tokens[place]);
                    }
                }
            },
            iter: 200, threads: 1);
    }

    [Fact]
    public void The_balance_loss_is_1_for_a_uniform_router_and_E_when_one_expert_gets_everything()
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        var uniform = new TopKRouter(4, 8, 2, noiseStd: 0, dtype: float64);
        var certain = new TopKRouter(4, 8, 2, noiseStd: 0, dtype: float64);
        using (no_grad())
        {
            uniform.Scores.weight!.zero_();
            certain.Scores.weight!.zero_();
            certain.Scores.weight[3, 0] = 1000;
        }
        var input = rand(50, 4, dtype: float64) + 1;
        Assert.Equal(1, BalanceLoss.Of(uniform.call(input)).item<double>(), 1e-12);
        Assert.Equal(8, BalanceLoss.Of(certain.call(input)).item<double>(), 1e-9);
    }

    [Fact]
    public void A_router_gives_the_k_largest_probabilities_and_is_noisy_in_training_only()
    {
        using var scope = NewDisposeScope();
        new Seed(6).SeedTorch();
        var router = new TopKRouter(4, 5, 2, dtype: float64);
        var input = randn(20, 4, dtype: float64);
        Assert.False(router.call(input).Probabilities.allclose(router.call(input).Probabilities));
        router.eval();
        var routing = router.call(input);
        Assert.True(routing.Probabilities.allclose(router.Scores.call(input).softmax(1), 1e-12, 1e-12));
        var (largest, places) = routing.Probabilities.sort(1, descending: true);
        Assert.True(largest.narrow(1, 0, 2).allclose(routing.Weight));
        Assert.True(places.narrow(1, 0, 2).equal(routing.Index).all().item<bool>());
    }

    [Fact]
    public void Balance_losses_of_all_uses_are_summed_until_taken()
    {
        using var scope = NewDisposeScope();
        new Seed(7).SeedTorch();
        var trunk = new SharedDepthTransformer(_small, dtype: float64);
        var losses = new List<double>();
        trunk.Experts!.Observer = routing => losses.Add(BalanceLoss.Of(routing).item<double>());
        trunk.call(randn(2, 5, 12, dtype: float64));
        using var sum = trunk.Experts.TakeBalanceLoss();
        Assert.Equal(3, losses.Count);
        Assert.Equal(losses.Sum(), sum!.item<double>(), 1e-12);
        sum.backward();
        Assert.True(trunk.Experts.Router.Scores.weight!.grad!.abs().sum().item<double>() > 0);
        Assert.Null(trunk.Experts.TakeBalanceLoss());
        trunk.eval();
        trunk.call(randn(2, 5, 12, dtype: float64));
        Assert.Null(trunk.Experts.TakeBalanceLoss());
    }

    [Fact]
    public void A_shared_weight_s_gradient_is_the_sum_over_depths_of_those_of_copies()
    {
        using var scope = NewDisposeScope();
        new Seed(8).SeedTorch();
        var config = _small with { Experts = 0 };
        var shared = new SharedDepthTransformer(config, dtype: float64);
        var blocks = Enumerable.Range(0, config.Depth).Select(_ => TransformerBlock.Plain(12, 3, 20, dtype: float64)).ToArray();
        var own = shared.state_dict();
        using (no_grad())
        {
            foreach (var block in blocks)
                foreach (var (name, part) in block.state_dict())
                    if (own.TryGetValue(name, out var value))
                        part.copy_(value);
        }
        var input = randn(2, 5, 12, dtype: float64);
        shared.call(input).square().sum().backward();
        blocks.Aggregate(input, (tokens, block) => block.call(tokens)).square().sum().backward();
        var compared = 0;
        foreach (var (name, parameter) in shared.named_parameters().Where(parameter => !parameter.name.Contains("Norm", StringComparison.Ordinal)))
        {
            var sum = blocks.Select(block => block.named_parameters().Single(part => part.name == name).parameter.grad!).Aggregate((total, gradient) => total + gradient);
            Assert.True(sum.allclose(parameter.grad!, 1e-9, 1e-9), name);
            compared++;
        }
        Assert.Equal(8, compared);
    }

    [Fact]
    public void A_single_depth_is_a_block_with_experts()
    {
        using var scope = NewDisposeScope();
        new Seed(9).SeedTorch();
        var trunk = new SharedDepthTransformer(_small with { Depth = 1 }, dtype: float64);
        trunk.eval();
        var norms = trunk.modules().OfType<LayerNorm>().ToArray();
        var block = new TransformerBlock(norms[0], trunk.modules().OfType<MultiHeadAttention>().Single(), norms[1], trunk.Experts!);
        var input = randn(2, 5, 12, dtype: float64);
        Assert.True(block.call(input).allclose(trunk.call(input), 1e-12, 1e-12));
    }

    [Theory]
    [InlineData(12, 3, 20, 4, NormSharing.Individual)]
    [InlineData(8, 5, 32, 2, NormSharing.Shared)]
    [InlineData(16, 4, 16, 0, NormSharing.Individual)]
    public void Counted_parameters_and_multiply_adds_are_those_of_the_formula(int dim, int depth, int hidden, int experts, NormSharing norms)
    {
        var config = new WideNetConfig(dim, depth, 4, hidden, experts);
        using var trunk = new SharedDepthTransformer(config, norms);
        Assert.Equal(config.LayerParameters(norms), ModelCost.Parameters(trunk));
        using var input = zeros(2, 5, dim);
        var feedForward = experts == 0 ? 10 * 2 * dim * hidden : 10 * (2 * 2 * dim * hidden + dim * experts);
        Assert.Equal(depth * (10 * 4 * dim * dim + 2 * 2 * 25 * dim + feedForward), ModelCost.MultiplyAdds(trunk, input));
    }

    [Fact]
    public void Published_sizes_have_their_parameters()
    {
        // The paper's table says 40 million for WideNet-L. Its 29 million for B would need hidden channels of 4,096.
        Assert.Equal(22.8, Millions(WideNetConfig.Base), 0.05);
        Assert.Equal(29.1, Millions(WideNetConfig.Base with { Hidden = 4096 }), 0.05);
        Assert.Equal(40, Millions(WideNetConfig.Large), 0.5);
        Assert.Equal(61.7, Millions(WideNetConfig.Huge), 0.05);

        static double Millions(WideNetConfig config)
        {
            using var model = new VisionTransformer(config.ImageNet, _ => new SharedDepthTransformer(config, device: META), nn.LayerNorm(config.Dim, device: META), META);
            return ModelCost.Parameters(model) / 1e6;
        }
    }

    [Fact]
    public void Divergences_are_those_of_the_definition()
    {
        Assert.Equal(0, ExpertUsage.JensenShannon([0.25, 0.75], [0.25, 0.75]), 1e-15);
        Assert.Equal(1, ExpertUsage.JensenShannon([1, 0], [0, 1]), 1e-15);
        // Half of log₂(1 / ¾), and a quarter each of log₂(½ / ¾) and log₂(½ / ¼).
        var half = 0.5 * Math.Log2(4 / 3.0) + 0.25 * (Math.Log2(2 / 3.0) + 1);
        Assert.Equal(half, ExpertUsage.JensenShannon([1, 0], [0.5, 0.5]), 1e-12);
        Assert.Equal(2 * half / 3, ExpertUsage.MeanJensenShannon([[1, 0], [1, 0], [0.5, 0.5]]), 1e-12);
        Gen.Double[0.01, 1].Array[4].Select(Gen.Double[0.01, 1].Array[4]).Sample(
            drawn =>
            {
                var (first, second) = (Normalised(drawn.Item1), Normalised(drawn.Item2));
                var divergence = ExpertUsage.JensenShannon(first, second);
                Assert.InRange(divergence, -1e-12, 1);
                Assert.Equal(divergence, ExpertUsage.JensenShannon(second, first), 1e-12);
            },
            iter: 100, threads: 1);
        using var index = tensor(new long[] { 0, 1, 0, 3 }, [2, 2]);
        Assert.Equal([0.5, 0.25, 0, 0.25], ExpertUsage.Shares(index, 4));
        Assert.Throws<ArgumentException>(() => ExpertUsage.JensenShannon([1], [0.5, 0.5]));

        static double[] Normalised(double[] values) => [.. values.Select(value => value / values.Sum())];
    }

    [Fact]
    public void Weights_travel_in_a_safetensors_file_once_each()
    {
        using var scope = NewDisposeScope();
        new Seed(10).SeedTorch();
        var (first, second) = (new SharedDepthTransformer(_small), new SharedDepthTransformer(_small));
        first.SaveSafetensors(_path);
        second.LoadSafetensors(_path);
        first.eval();
        second.eval();
        var input = randn(2, 5, 12);
        Assert.True(first.call(input).equal(second.call(input)).all().item<bool>());
        Assert.Equal(_small.LayerParameters(), SafetensorsFile.Read(_path).Values.Sum(stored => stored.numel()));
    }

    [Fact]
    public void Types_are_those_asked_for_and_wrong_shapes_and_sizes_are_named()
    {
        using var scope = NewDisposeScope();
        var layer = new MixtureOfExperts(4, 6, 3, 2, dtype: float64);
        Assert.Equal(float64, layer.call(randn(2, 4, dtype: float64)).dtype);
        Assert.Equal(DeviceType.META, new MixtureOfExperts(4, 6, 3, 2, device: META).parameters().First().device_type);
        Assert.StartsWith("input: expected (..., 4), got (2, 5)", Assert.Throws<ArgumentException>(() => layer.call(zeros(2, 5))).Message, StringComparison.Ordinal);
        Assert.StartsWith("input: expected (*, 4), got (1, 2, 4)", Assert.Throws<ArgumentException>(() => layer.Router.call(zeros(1, 2, 4))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopKRouter(4, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixtureOfExperts(4, 6, 3, 2, capacityFactor: -1));
    }

    private static Dictionary<string, Tensor> Gradients(MixtureOfExperts layer, Func<Tensor, Tensor> apply, Tensor input, Tensor upstream)
    {
        layer.zero_grad();
        var given = input.clone().requires_grad_();
        var output = apply(given);
        using var balance = layer.TakeBalanceLoss();
        ((output * upstream).sum() + 0.1 * balance!).backward();
        var gradients = layer.named_parameters().ToDictionary(part => part.name, part => part.parameter.grad?.clone() ?? zeros_like(part.parameter));
        gradients["output"] = output;
        gradients["input"] = given.grad!;
        return gradients;
    }

    private static Parameter Part(nn.Module module, string name) => module.named_parameters().Single(parameter => parameter.name == name).parameter;
}
