using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.NeuralNetworkKernels;
using DailyPapers.Lab.Architectures.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.NeuralNetworkKernels;

public sealed class ScalableKernelLinearTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_layer_made_from_a_linear_one_estimates_it_with_its_activation()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var linear = nn.Linear(6, 4, dtype: float64);
        var layer = ScalableKernelLinear.FromLinear(linear, new UniversalRandomFeatures(6, 50_000, ActivationSpectrum.Sine, dtype: float64));
        var x = randn(5, 6, dtype: float64) * 0.4;
        Assert.True((layer.call(x) - linear.call(x).sin()).abs().max().item<double>() < 0.03);
    }

    [Fact]
    public void Parameters_and_multiply_adds_are_those_of_the_formulas()
    {
        // m directions in d dimensions and F features: F·out numbers are trained, m·d + F·out multiply-adds an input.
        using var relu = new ScalableKernelLinear(new ReluRandomFeatures(20, 8), 30);
        using var wave = new ScalableKernelLinear(new UniversalRandomFeatures(20, 8, ActivationSpectrum.Cosine), 30);
        using var input = zeros(2, 20);
        Assert.Equal(8 * 30, ModelCost.Parameters(relu));
        Assert.Equal(2 * (8 * 20 + 8 * 30), ModelCost.MultiplyAdds(relu, input));
        Assert.Equal(16 * 30, ModelCost.Parameters(wave));
        Assert.Equal(2 * (8 * 20 + 16 * 30), ModelCost.MultiplyAdds(wave, input));
    }

    [Fact]
    public void Adapters_in_the_size_of_BERT_base_have_the_parameters_of_the_formulas()
    {
        // Two adapters in each of twelve layers of 768 channels: 24 (m d + d) against 24 (2 d r + r + d).
        using var kernel = new KernelAdapter(new ReluRandomFeatures(768, 16, orthogonal: true, device: META));
        using var bottleneck = new BottleneckAdapter(768, 48, META);
        Assert.Equal(313_344, 24 * ModelCost.Parameters(kernel));
        Assert.Equal(1_789_056, 24 * ModelCost.Parameters(bottleneck));
        // The pooler of BERT-base, 768 to 768, with 512 features: 590,592 become 393,216.
        using var pooler = new ScalableKernelLinear(new ReluRandomFeatures(768, 512, device: META), 768);
        Assert.Equal(393_216, ModelCost.Parameters(pooler));
        Assert.Equal([4L, 768], pooler.call(zeros(4, 768, device: META)).shape);
    }

    [Fact]
    public void Adapters_start_as_the_identity_and_learn_from_there()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        var x = randn(2, 3, 6, dtype: float64);
        foreach (nn.Module<Tensor, Tensor> adapter in new nn.Module<Tensor, Tensor>[] { new BottleneckAdapter(6, 2, dtype: float64), new KernelAdapter(new ReluRandomFeatures(6, 4, dtype: float64)) })
        {
            Assert.True(adapter.call(x).equal(x).all().item<bool>());
            adapter.call(x).square().sum().backward();
            Assert.Contains(adapter.parameters(), parameter => parameter.grad!.abs().sum().item<double>() > 0);
        }
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("sin")]
    public void Gradients_are_those_of_finite_differences(string kind)
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        KernelFeatures features = kind == "relu" ? new ReluRandomFeatures(4, 6, dtype: float64) : new UniversalRandomFeatures(4, 3, ActivationSpectrum.Sine, dtype: float64);
        var layer = new ScalableKernelLinear(features, 2);
        var x = randn(3, 4, dtype: float64).requires_grad_(true);
        Tensor Loss() => layer.call(x).pow(3).sum();
        Loss().backward();
        foreach (var values in new[] { x, layer.Weight })
        {
            var gradient = values.grad!.flatten();
            using var fixedValues = no_grad();
            var flat = values.detach().view(-1);
            for (var i = 0; i < flat.shape[0]; i++)
            {
                const double step = 1e-5;
                flat[i] += step;
                var above = Loss().item<double>();
                flat[i] -= 2 * step;
                var below = Loss().item<double>();
                flat[i] += step;
                Assert.Equal((above - below) / (2 * step), gradient[i].item<double>(), 1e-6 * Math.Max(1, Math.Abs(gradient[i].item<double>())));
            }
        }
    }

    [Fact]
    public void A_layer_comes_back_from_a_file_with_its_draw()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Layer(), Layer());
        var x = randn(3, 5);
        Assert.False(first.call(x).allclose(second.call(x)));
        first.SaveSafetensors(_path);
        second.LoadSafetensors(_path);
        Assert.True(first.call(x).equal(second.call(x)).all().item<bool>());

        static ScalableKernelLinear Layer() => new(new UniversalRandomFeatures(5, 4, ActivationSpectrum.Gaussian, orthogonal: true), 3);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("sin")]
    [InlineData("exp")]
    public void A_layer_can_be_moved_to_another_type_with_its_draw(string kind)
    {
        using var scope = NewDisposeScope();
        new Seed(4).SeedTorch();
        KernelFeatures features = kind switch
        {
            "relu" => new ReluRandomFeatures(4, 6),
            "sin" => new UniversalRandomFeatures(4, 3, ActivationSpectrum.Sine),
            _ => new PositiveRandomFeatures(4, 6),
        };
        var layer = new ScalableKernelLinear(features, 2);
        var x = randn(3, 4) * 0.5;
        var before = layer.call(x).to(float64);
        layer.to(float64);
        var after = layer.call(x.to(float64));
        Assert.Equal(float64, after.dtype);
        Assert.True(before.allclose(after, 1e-5, 1e-5));
    }

    [Fact]
    public void The_draw_is_not_trained()
    {
        using var layer = new ScalableKernelLinear(new ReluRandomFeatures(5, 4), 3);
        Assert.Equal(["_weight"], layer.named_parameters().Select(parameter => parameter.name));
        Assert.Single(layer.Features.buffers());
    }

    [Fact]
    public void A_wrong_shape_is_named_with_what_was_expected()
    {
        using var layer = new ScalableKernelLinear(new ReluRandomFeatures(5, 4), 3);
        using var input = zeros(2, 6);
        Assert.StartsWith("input: expected (..., 5), got (2, 6)", Assert.Throws<ArgumentException>(() => layer.call(input)).Message, StringComparison.Ordinal);
    }
}
