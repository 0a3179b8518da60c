using CsCheck;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.NeuralNetworkKernels;
using DailyPapers.Lab.Architectures.Serialization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.NeuralNetworkKernels;

public sealed class BundledNetworkTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Merging_keeps_the_function_and_saves_parameters()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var layer = new ScalableKernelLinear(new ReluRandomFeatures(6, 8, dtype: float64), 30);
        var next = nn.Linear(30, 3, dtype: float64);
        var merged = BundledNetwork.Merge(layer, next);
        var x = randn(5, 6, dtype: float64);
        Assert.True(next.call(layer.call(x)).allclose(merged.call(x), 1e-12, 1e-12));
        Assert.Equal(8 * 3 + 3, ModelCost.Parameters(merged));
    }

    [Fact]
    public void The_closed_form_has_no_gradient_left() => Gen.Select(Gen.Int[0, 10_000], Gen.Double[1e-4, 1]).Sample(
        (seed, ridge) =>
        {
            using var scope = NewDisposeScope();
            new Seed(seed).SeedTorch();
            var network = Deep();
            var (x, y) = (rand(40, 4, dtype: float64), randn(40, 2, dtype: float64));
            network.FitLeastSquares(x, y, ridge);
            Loss(network, x, y, ridge).backward();
            Assert.All(network.parameters(), parameter => Assert.True(parameter.grad!.abs().max().item<double>() < 1e-10));
        },
        iter: 30, threads: 1);

    [Fact]
    public void Any_other_parameters_have_a_larger_loss() => Gen.Select(Gen.Int[0, 10_000], Gen.Double[1e-3, 1]).Sample(
        (seed, distance) =>
        {
            using var scope = NewDisposeScope();
            using var fixedValues = no_grad();
            new Seed(seed).SeedTorch();
            var network = Deep();
            var (x, y) = (rand(40, 4, dtype: float64), randn(40, 2, dtype: float64));
            network.FitLeastSquares(x, y, 0.01);
            var least = Loss(network, x, y, 0.01).item<double>();
            foreach (var parameter in network.parameters())
                parameter.add_(randn_like(parameter) * distance);
            Assert.True(Loss(network, x, y, 0.01).item<double>() > least);
        },
        iter: 30, threads: 1);

    [Fact]
    public void A_linear_target_of_the_features_is_found()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        var network = Deep();
        var x = rand(60, 4, dtype: float64);
        using var fixedValues = no_grad();
        var y = network.call(x);
        network.Head.weight!.zero_();
        Assert.True((network.call(x) - y).abs().max().item<double>() > 1e-2);
        network.FitLeastSquares(x, y, 1e-12);
        Assert.True((network.call(x) - y).abs().max().item<double>() < 1e-5);
    }

    [Fact]
    public void It_comes_back_from_a_file()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Deep(), Deep());
        var x = randn(3, 4, dtype: float64);
        first.SaveSafetensors(_path);
        second.LoadSafetensors(_path);
        Assert.True(first.call(x).equal(second.call(x)).all().item<bool>());
    }

    [Fact]
    public void Multiply_adds_and_shapes_are_those_of_the_chain()
    {
        using var network = Deep();
        using var input = zeros(3, 4, dtype: float64);
        Assert.Equal(3 * (4 * 5 + 10 * 7 + 7 * 2), ModelCost.MultiplyAdds(network, input));
        Assert.Equal(7 * 2 + 2, ModelCost.Parameters(network));
        using var wrong = zeros(3, 5, dtype: float64);
        Assert.StartsWith("input: expected (..., 4), got (3, 5)", Assert.Throws<ArgumentException>(() => network.call(wrong)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Map 2 reads 9 numbers, the one before gives 8.",
            Assert.Throws<ArgumentException>(() => new BundledNetwork([new ReluRandomFeatures(4, 8), new ReluRandomFeatures(9, 8)], 2)).Message, StringComparison.Ordinal);
    }

    private static BundledNetwork Deep() => new(
        [new UniversalRandomFeatures(4, 5, ActivationSpectrum.Sine, dtype: float64), new ReluRandomFeatures(10, 7, dtype: float64)], 2);

    private static Tensor Loss(BundledNetwork network, Tensor x, Tensor y, double ridge) =>
        (network.call(x) - y).square().sum() / x.shape[0] + network.Head.weight!.square().sum() * ridge;
}
