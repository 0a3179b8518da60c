using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.KolmogorovArnold;
using DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;
using DailyPapers.Lab.Architectures.Serialization;
using DailyPapers.Lab.Architectures.Transformers;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.KolmogorovArnold;

public sealed class KolmogorovArnoldTransformerTests
{
    private static readonly VisionTransformerOptions _small = new(Side: 8, Patch: 2, Dim: 16, Depth: 2, Heads: 4, Classes: 5);

    [Fact]
    public void Published_sizes_have_the_published_parameters()
    {
        // KAT-T's number is what the published code prints. The others, 22.1 and 86.6 million, are DeiT's, and 2 (6 + 4 · 8) for the
        // functions of each of twelve blocks.
        Assert.Equal(5_718_328, Parameters(VisionTransformerOptions.Tiny));
        Assert.Equal(22_050_664 + 12 * 76, Parameters(VisionTransformerOptions.Small));
        Assert.Equal(86_567_656 + 12 * 76, Parameters(VisionTransformerOptions.Base));

        static long Parameters(VisionTransformerOptions options)
        {
            using var scope = NewDisposeScope();
            using var model = KolmogorovArnoldTransformer.Create(options, device: META);
            return ModelCost.Parameters(model);
        }
    }

    [Theory]
    [InlineData(RationalSharing.Numerator, 8)]
    [InlineData(RationalSharing.Denominator, 4)]
    [InlineData(RationalSharing.None, 2)]
    public void A_layer_has_the_parameters_and_multiply_adds_of_the_formula(RationalSharing sharing, int groups)
    {
        using var scope = NewDisposeScope();
        using var layer = new GroupRationalKanLayer(16, 24, groups, sharing: sharing);
        Assert.Equal(GroupRationalKanLayer.ParameterCount(16, 24, groups, sharing), ModelCost.Parameters(layer));
        Assert.Equal(5 * 16 * 24, ModelCost.MultiplyAdds(layer, ones(5, 16)));
    }

    [Fact]
    public void A_layer_at_its_start_keeps_the_variance()
    {
        using var scope = NewDisposeScope();
        foreach (var init in Enum.GetValues<RationalTarget>())
        {
            new Seed(1).SeedTorch();
            using var layer = new GroupRationalKanLayer(256, 512, init: init);
            var made = layer.call(randn(2000, 256));
            Assert.Equal(1, made.square().mean().item<float>(), 0.05);
        }
    }

    [Fact]
    public void The_two_layers_begin_as_linear_maps_of_the_input_and_of_its_swish()
    {
        using var scope = NewDisposeScope();
        using var kan = new GroupRationalKan(16, 32, dtype: float64);
        var tokens = rand(5, 3, 16, dtype: float64) * 6 - 3;
        var hidden = rand(5, 3, 32, dtype: float64) * 6 - 3;
        Assert.True(kan.First.call(tokens).allclose(kan.First.Weights.call(tokens), 1e-12, 1e-12));
        Assert.True(kan.Second.call(hidden).allclose(kan.Second.Weights.call(nn.functional.silu(hidden)), 0, 1e-4));
        Assert.True(kan.call(tokens).allclose(kan.Second.call(kan.First.call(tokens)), 1e-12, 1e-12));
        foreach (var layer in new[] { kan.First, kan.Second })
            Assert.Equal(0, layer.Weights.bias!.abs().max().item<double>());
    }

    [Fact]
    public void Fused_and_composed_transformers_train_alike()
    {
        using var scope = NewDisposeScope();
        var images = randn(6, 1, 8, 8, dtype: float64, generator: new Seed(2).ToGenerator());
        new Seed(3).SeedTorch();
        using var model = KolmogorovArnoldTransformer.Create(_small, dtype: float64);
        bool[] ways = [true, false];
        var gradients = ways.Select(fused =>
        {
            foreach (var activation in model.modules().OfType<RationalActivation>())
                activation.Fused = fused;
            model.zero_grad();
            nn.functional.cross_entropy(model.call(images), arange(6) % 5).backward();
            return model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.grad!.clone());
        }).ToArray();
        Assert.Contains(gradients[0], pair => pair.Key.Contains("denominator", StringComparison.Ordinal));
        foreach (var (name, gradient) in gradients[0])
            Assert.True(gradient.allclose(gradients[1][name], 1e-8, 1e-10), name);
    }

    [Fact]
    public void Every_channel_may_have_its_own_function()
    {
        using var scope = NewDisposeScope();
        using var kan = new GroupRationalKan(16, 32, groups: 0);
        Assert.Equal([16L, 4L], kan.First.Activation.Denominator.shape);
        Assert.Equal([32L, 4L], kan.Second.Activation.Denominator.shape);
    }

    [Fact]
    public void Weights_survive_a_file()
    {
        using var scope = NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "kat.safetensors");
            new Seed(4).SeedTorch();
            using var saved = KolmogorovArnoldTransformer.Create(_small);
            using var read = KolmogorovArnoldTransformer.Create(_small);
            saved.SaveSafetensors(file);
            read.LoadSafetensors(file);
            var images = ones(2, 1, 8, 8);
            Assert.True(saved.call(images).eq(read.call(images)).all().item<bool>());
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Fact]
    public void It_works_in_64_bits_and_on_the_meta_device()
    {
        using var scope = NewDisposeScope();
        using var wide = new GroupRationalKan(16, 32, dtype: float64);
        Assert.Equal(float64, wide.call(ones(3, 4, 16, dtype: float64)).dtype);
        using var meta = new GroupRationalKan(16, 32, device: META);
        Assert.Equal([3L, 4L, 16L], meta.call(empty(3, 4, 16, device: META)).shape);
    }
}
