using CsCheck;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.ScalingMlps;
using DailyPapers.Lab.Architectures.Serialization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.ScalingMlps;

public sealed class ScalingMlpTests : IDisposable
{
    private static readonly InvertedBottleneckMlpOptions _small = new(Side: 5, Channels: 2, Blocks: 3, Width: 6, Classes: 4);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Published_networks_have_the_published_parameters()
    {
        // The authors' table of pretrained networks: 24, 37, 74 and 124 million, cut to whole millions.
        var expected = new Dictionary<string, long> { ["B-6/Wi-512"] = 24, ["B-12/Wi-512"] = 37, ["B-6/Wi-1024"] = 74, ["B-12/Wi-1024"] = 124 };
        InvertedBottleneckMlpOptions[] published = [InvertedBottleneckMlpOptions.B6Wi512, InvertedBottleneckMlpOptions.B12Wi512, InvertedBottleneckMlpOptions.B6Wi1024, InvertedBottleneckMlpOptions.B12Wi1024];
        foreach (var options in published)
        {
            using var model = new InvertedBottleneckMlp(options, META);
            Assert.Equal(options.Parameters, ModelCost.Parameters(model));
            Assert.Equal(expected[options.Name], options.Parameters / 1_000_000);
        }
    }

    [Fact]
    public void Parameters_and_multiply_adds_are_those_of_the_formulas() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 3], Gen.Int[1, 4], Gen.Int[1, 9], Gen.Int[2, 6], Gen.Int[1, 4]).Sample(
            (side, channels, blocks, width, classes, expansion) =>
            {
                var options = new InvertedBottleneckMlpOptions(side, channels, blocks, width, classes, expansion);
                using var model = new InvertedBottleneckMlp(options);
                using var images = zeros(2, channels, side, side);
                Assert.Equal(options.Parameters, ModelCost.Parameters(model));
                Assert.Equal(2 * options.MultiplyAdds, ModelCost.MultiplyAdds(model, images));
            },
            iter: 20);

    [Fact]
    public void The_baseline_is_as_wide_as_its_parameters_allow() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 5], Gen.Long[500, 20_000]).Sample(
            (side, layers, parameters) =>
            {
                var width = StandardMlp.WidthFor(side, 1, layers, 10, parameters);
                using var model = new StandardMlp(side, 1, [.. Enumerable.Repeat(width, layers)], 10);
                using var wider = new StandardMlp(side, 1, [.. Enumerable.Repeat(width + 1, layers)], 10);
                Assert.True(ModelCost.Parameters(model) <= parameters && ModelCost.Parameters(wider) > parameters);
            },
            iter: 20);

    [Fact]
    public void A_block_is_the_identity_plus_a_bottleneck_of_the_normalised_state()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        using var block = new InvertedBottleneckBlock(6, 3, dtype: float64);
        var weights = block.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        var input = randn(4, 6, dtype: float64);
        var normed = (input - input.mean([1], keepdim: true)) / (input.var(1, unbiased: false, keepdim: true) + 1e-5).sqrt();
        var hidden = normed.matmul(weights["_expand.weight"].t()) + weights["_expand.bias"];
        var gelu = hidden * 0.5 * (1 + (hidden / Math.Sqrt(2)).erf());
        var expected = input + gelu.matmul(weights["_contract.weight"].t()) + weights["_contract.bias"];
        Assert.True(block.call(input).allclose(expected, 1e-10, 1e-12));
        Assert.Equal([18, 6], weights["_expand.weight"].shape);
    }

    [Fact]
    public void The_baseline_normalises_between_its_layers_and_ends_in_an_activation()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        using var model = new StandardMlp(3, 1, [5, 7], 4, dtype: float64);
        var w = model.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        var images = randn(4, 1, 3, 3, dtype: float64);
        var first = nn.functional.gelu(nn.functional.linear(images.flatten(1), w["_layers.0.weight"], w["_layers.0.bias"]));
        var second = nn.functional.gelu(nn.functional.linear(nn.functional.layer_norm(first, [5]), w["_layers.1.weight"], w["_layers.1.bias"]));
        Assert.True(model.call(images).allclose(nn.functional.linear(second, w["_head.weight"], w["_head.bias"]), 1e-10, 1e-12));
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        using var model = new InvertedBottleneckMlp(_small, dtype: float64);
        var (images, labels) = (randn(3, 2, 5, 5, dtype: float64), tensor(new long[] { 0, 3, 1 }));
        Tensor Loss() => nn.functional.cross_entropy(model.call(images), labels);
        Loss().backward();
        // Along a random direction of all parameters at once.
        var directions = model.parameters().Select(parameter => randn_like(parameter).detach()).ToList();
        var slope = model.parameters().Zip(directions, (parameter, direction) => (parameter.grad! * direction).sum().item<double>()).Sum();
        const double step = 1e-6;
        Assert.Equal((At(step) - At(-step)) / (2 * step), slope, 1e-7);

        double At(double distance)
        {
            using var frozen = no_grad();
            foreach (var (parameter, direction) in model.parameters().Zip(directions))
                parameter.add_(direction, alpha: distance);
            var loss = Loss().item<double>();
            foreach (var (parameter, direction) in model.parameters().Zip(directions))
                parameter.add_(direction, alpha: -distance);
            return loss;
        }
    }

    [Fact]
    public void The_head_reads_the_features()
    {
        using var scope = NewDisposeScope();
        using var model = new InvertedBottleneckMlp(_small);
        var images = randn(3, 2, 5, 5);
        Assert.Equal([3, 6], model.Features(images).shape);
        Assert.True(model.Head.call(model.Features(images)).allclose(model.call(images)));
    }

    [Fact]
    public void Weights_come_back_from_a_file()
    {
        using var scope = NewDisposeScope();
        var images = randn(3, 2, 5, 5);
        using (var first = new InvertedBottleneckMlp(_small))
        using (var second = new InvertedBottleneckMlp(_small))
        {
            first.SaveSafetensors(_path);
            Assert.False(second.call(images).allclose(first.call(images)));
            second.LoadSafetensors(_path);
            Assert.True(second.call(images).equal(first.call(images)).all().item<bool>());
        }
        using (var first = new StandardMlp(5, 2, [4, 4], 3))
        using (var second = new StandardMlp(5, 2, [4, 4], 3))
        {
            first.SaveSafetensors(_path);
            second.LoadSafetensors(_path);
            Assert.True(second.call(images).equal(first.call(images)).all().item<bool>());
        }
    }

    [Fact]
    public void Type_and_device_are_the_caller_s()
    {
        using var doubles = new InvertedBottleneckMlp(_small, dtype: float64);
        using var images = zeros(1, 2, 5, 5, dtype: float64);
        using var logits = doubles.call(images);
        Assert.Equal(float64, logits.dtype);
        using var meta = new StandardMlp(5, 2, [4], 3, META);
        Assert.All(meta.parameters(), parameter => Assert.Equal(TorchSharp.DeviceType.META, parameter.device_type));
    }

    [Fact]
    public void Wrong_shapes_and_sizes_are_named()
    {
        using var model = new InvertedBottleneckMlp(_small);
        using var standard = new StandardMlp(5, 2, [4], 3);
        using var images = zeros(2, 1, 5, 5);
        Assert.StartsWith("images: expected (*, 2, 5, 5), got (2, 1, 5, 5)", Assert.Throws<ArgumentException>(() => model.call(images)).Message, StringComparison.Ordinal);
        Assert.StartsWith("input: expected (*, 2, 5, 5), got (2, 1, 5, 5)", Assert.Throws<ArgumentException>(() => standard.call(images)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InvertedBottleneckMlp(_small with { Blocks = 0 }));
        Assert.Throws<ArgumentException>(() => StandardMlp.WidthFor(28, 1, 2, 10, 100));
    }
}
