using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.Serialization;
using DailyPapers.Lab.Architectures.StripMlp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Tests.Architectures.StripMlp;

public sealed class StripMlpNetTests : IDisposable
{
    private static readonly StripMlpConfig _small = new(Side: 16, Patch: 2, Dim: 8, [1, 1, 1], Classes: 5, Channels: 1);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    // Parameters and FLOPs as the authors' repository lists them: 18, 25, 43 and 57 million, 2.5, 3.7, 6.8 and 9.2 G.
    public static TheoryData<string, long, double> Published => new()
    {
        { nameof(StripMlpConfig.LightTiny), 18_243_920, 2.5 },
        { nameof(StripMlpConfig.Tiny), 24_903_920, 3.7 },
        { nameof(StripMlpConfig.Small), 42_568_600, 6.8 },
        { nameof(StripMlpConfig.Base), 57_216_480, 9.2 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_sizes_have_the_published_parameters_and_multiply_adds(string name, long parameters, double billions)
    {
        var config = Named(name);
        using var model = StripMlpNet.Plain(config, device: META);
        Assert.Equal(parameters, ModelCost.Parameters(model));
        Assert.Equal(billions, MultiplyAdds(config) / 1e9, 0.06);
    }

    [Fact]
    public void Counted_multiply_adds_are_those_of_the_formula()
    {
        using var small = StripMlpNet.Plain(_small);
        using var images = zeros(3, 1, 16, 16);
        Assert.Equal(3 * MultiplyAdds(_small), ModelCost.MultiplyAdds(small, images));
    }

    [Fact]
    public void What_enters_a_stage_reaches_all_later_ones()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        using var net = new StripMlpNet(new(16, 2, 3, [1, 1, 1, 1], 5), (_, _, _) => Identity());
        var weights = net.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        var images = randn(2, 3, 16, 16);

        // Four stages as in the paper: the input of stage 2 goes to 3 and on to 4, that of stage 3, before what is added, to 4.
        var second = Halve(functional.conv2d(images, weights["_patches.weight"], strides: [2, 2]), "_merges.0", 1);
        var third = Halve(second, "_merges.1", 1);
        var secondToThird = Halve(second, "_skips.0", 6);
        var fourth = Halve(third + secondToThird, "_merges.2", 1) + Halve(secondToThird, "_skips.1", 12) + Halve(third, "_skips.2", 12);

        Assert.True(second.allclose(net.FeatureMap(images, 1), 1e-5, 1e-5));
        Assert.True((third + secondToThird).allclose(net.FeatureMap(images, 2), 1e-5, 1e-5));
        Assert.True(fourth.allclose(net.FeatureMap(images), 1e-5, 1e-5));

        Tensor Halve(Tensor x, string name, long groups) => functional.conv2d(x, weights[name + ".weight"], strides: [2, 2], groups: groups);
    }

    [Fact]
    public void Every_parameter_gets_a_gradient()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        using var net = StripMlpNet.Plain(_small with { DropPath = 0 }, dtype: float64);
        net.call(randn(4, 1, 16, 16, dtype: float64)).square().sum().backward();
        Assert.All(net.named_parameters(), parameter => Assert.True(parameter.parameter.grad!.abs().sum().item<double>() > 0, parameter.name));
    }

    [Fact]
    public void Weights_move_to_another_network_by_file()
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        using var first = StripMlpNet.Plain(_small);
        using var second = StripMlpNet.Plain(_small);
        var images = randn(2, 1, 16, 16);
        // A pass in training mode moves batch norm's statistics, which must come along.
        first.call(images);
        first.eval();
        second.eval();
        Assert.False(first.call(images).allclose(second.call(images)));
        first.SaveSafetensors(_path);
        second.LoadSafetensors(_path);
        Assert.True(first.call(images).equal(second.call(images)).all().item<bool>());
    }

    [Fact]
    public void Type_and_device_are_the_caller_s()
    {
        using var strip = StripMlpNet.Plain(_small, device: META, dtype: float64);
        using var sparse = MixingBlock.SparseMlp(8, 4, 24, device: META, dtype: float64);
        // Batch norm counts its batches in integers.
        IEnumerable<Tensor> Numbers(Module module) => module.parameters().Concat(module.buffers().Where(buffer => buffer.dtype != int64));
        Assert.All(Numbers(strip).Concat(Numbers(sparse)), number => Assert.Equal((TorchSharp.DeviceType.META, float64), (number.device_type, number.dtype)));
    }

    [Fact]
    public void The_baseline_differs_in_token_mixing_alone()
    {
        using var scope = NewDisposeScope();
        const long channels = 8, side = 4, hidden = 24;
        using var strip = MixingBlock.StripMlp(channels, side, hidden, device: META);
        using var sparse = MixingBlock.SparseMlp(channels, side, hidden, device: META);
        using var stripTokens = new StripTokenMixing(channels, side, device: META);
        using var sparseTokens = new RowColumnMixing(channels, side, device: META);
        Assert.Equal(ModelCost.Parameters(strip) - ModelCost.Parameters(stripTokens), ModelCost.Parameters(sparse) - ModelCost.Parameters(sparseTokens));
        Assert.Equal(11 * channels + 2 * channels + 2 * (side * side + side) + 3 * channels * channels, ModelCost.Parameters(sparseTokens));
    }

    [Fact]
    public void Sizes_and_shapes_that_do_not_fit_are_refused()
    {
        using var net = StripMlpNet.Plain(_small);
        using var images = zeros(2, 3, 16, 16);
        Assert.StartsWith("images: expected (*, 1, 16, 16), got (2, 3, 16, 16)", Assert.Throws<ArgumentException>(() => net.call(images)).Message, StringComparison.Ordinal);
        using var fitting = zeros(2, 1, 16, 16);
        Assert.Throws<ArgumentOutOfRangeException>("stage", () => net.FeatureMap(fitting, 3));
        Assert.StartsWith("side 20 is not divisible by 8", Assert.Throws<ArgumentException>(() => StripMlpNet.Plain(_small with { Side = 20 })).Message, StringComparison.Ordinal);
    }

    private static StripMlpConfig Named(string name) => name switch
    {
        nameof(StripMlpConfig.LightTiny) => StripMlpConfig.LightTiny,
        nameof(StripMlpConfig.Tiny) => StripMlpConfig.Tiny,
        nameof(StripMlpConfig.Small) => StripMlpConfig.Small,
        _ => StripMlpConfig.Base,
    };

    // Of one image, term by term from the description of the network.
    private static long MultiplyAdds(StripMlpConfig config)
    {
        var last = config.Depths.Count - 1;
        long total = config.Channels * config.Patch * config.Patch * config.Dim * Positions(0) + config.Width(last) * config.Classes;
        for (var stage = 0; stage <= last; stage++)
        {
            var (c, half, side) = (config.Width(stage), config.Width(stage) / 2, config.MapSide(stage));
            var cascade = 2 * 3 * side * half + 2 * 2 * half * half;
            var tokens = 9 * c + c * c + cascade + 2 * 21 * half + c * c;
            var perPosition = tokens + 49 * c + 2 * config.Alpha * c * c;
            total += config.Depths[stage] * (Positions(stage) * perPosition + half * (half / 2) + half / 2 * 3 * half);
            if (stage > 0)
                total += Positions(stage) * c * 4 * (c / 2 + stage - 1);
        }
        return total;

        long Positions(int stage) => (long)config.MapSide(stage) * config.MapSide(stage);
    }
}
