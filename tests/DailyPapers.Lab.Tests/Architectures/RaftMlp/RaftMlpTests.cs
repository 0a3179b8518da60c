using CsCheck;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.RaftMlp;
using DailyPapers.Lab.Architectures.Serialization;
using static TorchSharp.torch;
using RaftNetwork = DailyPapers.Lab.Architectures.RaftMlp.RaftMlp;

namespace DailyPapers.Lab.Tests.Architectures.RaftMlp;

public sealed class RaftMlpTests : IDisposable
{
    private static readonly RaftMlpOptions _small = new(Side: 12, Channels: 2, [new(4, 2, [2, 4]), new(6, 1, [2], Raft: 3)], Classes: 5);
    private static readonly MlpMixerOptions _mixer = new(Side: 6, Patch: 2, Dim: 4, Depth: 2, TokenHidden: 5, ChannelHidden: 7, Classes: 3, Channels: 2);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Published_networks_have_the_published_parameters()
    {
        // The paper's table: 9.9, 21.4 and 36.2 million.
        foreach (var (options, millions) in ((RaftMlpOptions, double)[])[(RaftMlpOptions.Small, 9.9), (RaftMlpOptions.Medium, 21.4), (RaftMlpOptions.Large, 36.2)])
        {
            using var model = new RaftNetwork(options, META);
            Assert.Equal(options.Parameters, ModelCost.Parameters(model));
            Assert.Equal(millions, options.Parameters / 1e6, 0.02 * millions);
        }
    }

    [Fact]
    public void Published_networks_take_the_published_multiply_adds()
    {
        using var scope = NewDisposeScope();
        // The paper's table: 2.1, 4.3 and 6.5 G.
        foreach (var (options, billions) in ((RaftMlpOptions, double)[])[(RaftMlpOptions.Small, 2.1), (RaftMlpOptions.Medium, 4.3), (RaftMlpOptions.Large, 6.5)])
        {
            using var model = new RaftNetwork(options);
            Assert.Equal(billions, ModelCost.MultiplyAdds(model, zeros(1, 3, 224, 224)) / 1e9, 0.05);
        }
    }

    [Fact]
    public void Published_mixers_have_the_published_parameters()
    {
        // Tolstikhin et al. 2021, table 1: 19, 18, 60, 59 and 207 million.
        foreach (var (options, millions) in ((MlpMixerOptions, int)[])
            [(MlpMixerOptions.Small32, 19), (MlpMixerOptions.Small16, 18), (MlpMixerOptions.Base32, 60), (MlpMixerOptions.Base16, 59), (MlpMixerOptions.Large16, 207)])
        {
            using var model = new MlpMixer(options, META);
            Assert.Equal(options.Parameters, ModelCost.Parameters(model));
            Assert.Equal(millions, options.Parameters / 1e6, 0.01 * millions + 0.5);
        }
    }

    [Fact]
    public void Parameters_are_those_of_the_formulas() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3]).Sample(
            (grid, rafts, raft, depth, tokens, channels) =>
            {
                var options = new RaftMlpOptions(2 * grid, 1, [new(rafts * raft, depth, [2, 6], raft), new(4, 1, [1])], 3, tokens, channels);
                using var model = new RaftNetwork(options);
                Assert.Equal(options.Parameters, ModelCost.Parameters(model));
                var mixer = new MlpMixerOptions(2 * grid, 2, rafts * raft, depth, tokens, channels, 3, 1);
                using var other = new MlpMixer(mixer);
                Assert.Equal(mixer.Parameters, ModelCost.Parameters(other));
            },
            iter: 20);

    [Fact]
    public void Counted_multiply_adds_are_those_of_the_formula()
    {
        using var model = new RaftNetwork(new(8, 1, [new(6, 2, [2, 4])], 5));
        using var images = zeros(3, 1, 8, 8);
        // A grid of 4 × 4; a line and a raft are 8 numbers, and there are 4 lines of 3 rafts for each axis.
        const long embedding = 16 * 20 * 6, tokens = 2 * (4 * 3) * (2 * 8 * 16), channels = 16 * 2 * 6 * 24;
        Assert.Equal(3 * (embedding + 2 * (tokens + channels) + 6 * 5), ModelCost.MultiplyAdds(model, images));
    }

    [Theory]
    [InlineData(MixingAxis.Vertical, 1)]
    [InlineData(MixingAxis.Vertical, 2)]
    [InlineData(MixingAxis.Horizontal, 1)]
    [InlineData(MixingAxis.Horizontal, 3)]
    public void A_raft_mixing_is_one_mlp_on_every_line_of_every_raft(MixingAxis axis, int raft)
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        const int length = 4, other = 3, channels = 6;
        using var layer = new RaftTokenMixing(axis, length, channels, raft, dtype: float64);
        var w = layer.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        var input = axis == MixingAxis.Vertical ? randn(2, length, other, channels, dtype: float64) : randn(2, other, length, channels, dtype: float64);
        var normed = nn.functional.layer_norm(input, [channels]);
        var expected = input.clone();
        for (var image = 0; image < 2; image++)
            for (var line = 0; line < other; line++)
                for (var group = 0; group < channels / raft; group++)
                {
                    // The raft's channels are group, group + C/r, ...; their lines one after another.
                    Tensor Line(Tensor tokens, int channel) => axis == MixingAxis.Vertical ? tokens[image, .., line, channel] : tokens[image, line, .., channel];
                    int[] members = [.. Enumerable.Range(0, raft).Select(k => group + k * (channels / raft))];
                    var read = cat([.. members.Select(channel => Line(normed, channel))]);
                    var hidden = nn.functional.gelu(w["_mlp._first.weight"].mv(read) + w["_mlp._first.bias"]);
                    var written = w["_mlp._second.weight"].mv(hidden) + w["_mlp._second.bias"];
                    for (var k = 0; k < raft; k++)
                        Line(expected, members[k]).add_(written[(k * length)..((k + 1) * length)]);
                }
        Assert.True(layer.call(input).allclose(expected, 1e-10, 1e-12));
    }

    [Fact]
    public void A_vertical_mixing_keeps_columns_apart_and_a_horizontal_one_rows()
    {
        using var scope = NewDisposeScope();
        var input = randn(1, 4, 4, 4);
        var changed = input.clone();
        changed[0, 1, 2] += 1;
        using var vertical = new RaftTokenMixing(MixingAxis.Vertical, 4, 4);
        using var horizontal = new RaftTokenMixing(MixingAxis.Horizontal, 4, 4);
        var columns = (vertical.call(input) - vertical.call(changed)).abs().amax([0, 1, 3]);
        var rows = (horizontal.call(input) - horizontal.call(changed)).abs().amax([0, 2, 3]);
        Assert.Equal([2], Enumerable.Range(0, 4).Where(i => columns[i].item<float>() > 0));
        Assert.Equal([1], Enumerable.Range(0, 4).Where(i => rows[i].item<float>() > 0));
    }

    [Fact]
    public void A_mixer_mixes_all_tokens_of_a_channel_by_a_shared_mlp()
    {
        using var scope = NewDisposeScope();
        using var layer = new MixerTokenMixing(2, 3, 5, dtype: float64);
        var w = layer.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        var input = randn(2, 2, 2, 3, dtype: float64);
        var normed = nn.functional.layer_norm(input, [3]);
        var expected = input.clone();
        for (var image = 0; image < 2; image++)
            for (var channel = 0; channel < 3; channel++)
            {
                var hidden = nn.functional.gelu(w["_mlp._first.weight"].mv(normed[image, .., .., channel].flatten()) + w["_mlp._first.bias"]);
                expected[image, .., .., channel].add_((w["_mlp._second.weight"].mv(hidden) + w["_mlp._second.bias"]).view(2, 2));
            }
        Assert.True(layer.call(input).allclose(expected, 1e-10, 1e-12));
    }

    [Fact]
    public void An_embedding_of_one_size_is_a_convolution_and_larger_patches_share_its_centres()
    {
        using var scope = NewDisposeScope();
        var images = randn(2, 3, 8, 12, dtype: float64);
        using var single = new MultiScalePatchEmbedding(3, 5, [4], dtype: float64);
        var w = single.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        var expected = nn.functional.conv2d(images, w["_linear.weight"].view(5, 3, 4, 4), w["_linear.bias"], strides: [4, 4]);
        Assert.True(single.call(images).allclose(expected.permute(0, 2, 3, 1), 1e-10, 1e-12));

        using var both = new MultiScalePatchEmbedding(3, 5, [4, 8], dtype: float64);
        w = both.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        var (small, large) = (w["_linear.weight"][.., ..48], w["_linear.weight"][.., 48..]);
        expected = nn.functional.conv2d(images, small.reshape(5, 3, 4, 4), w["_linear.bias"], strides: [4, 4])
            + nn.functional.conv2d(images, large.reshape(5, 3, 8, 8), strides: [4, 4], padding: [2, 2]);
        Assert.True(both.call(images).allclose(expected.permute(0, 2, 3, 1), 1e-10, 1e-12));
    }

    [Fact]
    public void Resizing_to_the_same_size_changes_nothing_and_a_constant_stays_one()
    {
        using var scope = NewDisposeScope();
        var tokens = randn(2, 5, 4, 3, dtype: float64);
        Assert.True(BicubicResize.Tokens(tokens, 5, 4).allclose(tokens, 1e-12, 1e-12));
        var constant = BicubicResize.Images(full([1, 2, 3, 3], 0.7, dtype: float64), 7, 5);
        Assert.Equal([1, 2, 7, 5], constant.shape);
        Assert.True(constant.allclose(full([1, 2, 7, 5], 0.7, dtype: float64), 1e-12, 1e-12));
    }

    [Fact]
    public void On_another_grid_a_block_mixes_the_resized_tokens_and_only_then_the_channels()
    {
        using var scope = NewDisposeScope();
        using var resizing = new RaftMlpBlock(4, 6, dtype: float64);
        using var strict = new RaftMlpBlock(4, 6, resizes: false, dtype: float64);
        strict.load_state_dict(resizing.state_dict());
        // With its last layer at zero, channel mixing is the identity.
        foreach (var block in (RaftMlpBlock[])[resizing, strict])
        {
            using var frozen = no_grad();
            foreach (var (_, parameter) in block.named_parameters().Where(parameter => parameter.name.StartsWith("_channel._mlp._second.", StringComparison.Ordinal)))
                parameter.zero_();
        }
        var tokens = randn(2, 5, 7, 6, dtype: float64);
        var expected = BicubicResize.Tokens(strict.call(BicubicResize.Tokens(tokens, 4, 4)), 5, 7);
        Assert.True(resizing.call(tokens).allclose(expected, 1e-10, 1e-12));
        Assert.Throws<ArgumentException>(() => strict.call(tokens));

        // Token mixing at zero too: what remains is channel mixing of the tokens that went there and back.
        using var channels = new RaftMlpBlock(4, 6, dtype: float64);
        using (no_grad())
            foreach (var (_, parameter) in channels.named_parameters().Where(parameter => parameter.name.Contains("al._mlp._second.", StringComparison.Ordinal)))
                parameter.zero_();
        var blurred = BicubicResize.Tokens(BicubicResize.Tokens(tokens, 4, 4), 5, 7);
        var mixing = channels.named_children().Single(child => child.name == "_channel").module;
        Assert.True(channels.call(tokens).allclose(((ChannelMixing)mixing).call(blurred), 1e-10, 1e-12));
    }

    [Fact]
    public void Other_sizes_run_with_interpolation_and_are_refused_without()
    {
        using var scope = NewDisposeScope();
        using var model = new RaftNetwork(_small);
        Assert.Equal([2, 5], model.call(randn(2, 2, 16, 10)).shape);
        // 13 rows are no multiple of the strides 2 and 2: they are resized up.
        Assert.Equal([2, 5], model.call(randn(2, 2, 13, 15)).shape);
        using var strict = new RaftNetwork(_small with { Resizes = false });
        var error = Assert.Throws<ArgumentException>(() => strict.call(zeros(2, 2, 16, 16)));
        Assert.StartsWith("input: expected (*, 2, 12, 12), got (2, 2, 16, 16)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(16)]
    public void Gradients_are_those_of_finite_differences_at_another_size_too(int side)
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        using var model = new RaftNetwork(_small, dtype: float64);
        var (images, labels) = (randn(2, 2, side, side, dtype: float64), tensor(new long[] { 0, 4 }));
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
    public void Weights_come_back_from_a_file()
    {
        using var scope = NewDisposeScope();
        var images = randn(2, 2, 12, 12);
        using var first = new RaftNetwork(_small);
        using var second = new RaftNetwork(_small);
        Assert.False(second.call(images).allclose(first.call(images)));
        first.SaveSafetensors(_path);
        second.LoadSafetensors(_path);
        Assert.True(second.call(images).equal(first.call(images)).all().item<bool>());
    }

    [Fact]
    public void Type_and_device_are_the_caller_s()
    {
        using var scope = NewDisposeScope();
        using var doubles = new MlpMixer(_mixer, dtype: float64);
        Assert.Equal(float64, doubles.call(zeros(1, 2, 6, 6, dtype: float64)).dtype);
        foreach (var module in (nn.Module[])[new RaftNetwork(_small, META, float64), new MlpMixer(_mixer, META, float64)])
        {
            Assert.All(module.parameters(), parameter => Assert.Equal((TorchSharp.DeviceType.META, float64), (parameter.device_type, parameter.dtype)));
            module.Dispose();
        }
    }

    [Fact]
    public void Wrong_shapes_and_sizes_are_named()
    {
        using var scope = NewDisposeScope();
        using var mixer = new MlpMixer(_mixer);
        Assert.StartsWith("input: expected (*, 2, 6, 6), got (1, 2, 8, 8)", Assert.Throws<ArgumentException>(() => mixer.call(zeros(1, 2, 8, 8))).Message, StringComparison.Ordinal);
        using var mixing = new RaftTokenMixing(MixingAxis.Horizontal, 4, 6);
        Assert.StartsWith("input: expected (*, *, 4, 6), got (1, 4, 5, 6)", Assert.Throws<ArgumentException>(() => mixing.call(zeros(1, 4, 5, 6))).Message, StringComparison.Ordinal);
        Assert.StartsWith("channels 6 is not divisible by raft 4.", Assert.Throws<ArgumentException>(() => new RaftTokenMixing(MixingAxis.Vertical, 4, 6, raft: 4)).Message, StringComparison.Ordinal);
        Assert.StartsWith("A patch of 7 can't be centred on patches of 4.", Assert.Throws<ArgumentException>(() => new MultiScalePatchEmbedding(1, 2, [4, 7])).Message, StringComparison.Ordinal);
    }
}
