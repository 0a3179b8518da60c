using DailyPapers.Lab.Architectures.StripMlp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Tests.Architectures.StripMlp;

public sealed class MixingModuleTests
{
    [Theory]
    [InlineData(true, 196)]
    [InlineData(false, 196 - 11 * 11)]
    public void A_cascade_sees_the_whole_map_and_the_parallel_form_a_cross(bool cascade, int expected)
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var module = new CascadeGroupStripMixing(8, 14, patches: 4, cascade: cascade, dtype: float64);
        module.eval();
        var field = EffectiveReceptiveField.Compute(module.call, randn(2, 8, 14, 14, dtype: float64));
        Assert.Equal(expected, field.Cast<double>().Count(value => value > 0));
    }

    [Fact]
    public void The_receptive_field_of_a_convolution_is_its_kernel()
    {
        using var scope = NewDisposeScope();
        var convolution = Conv2d(1, 1, 3, padding: 1);
        using (no_grad())
            convolution.weight.copy_(arange(9).view(1, 1, 3, 3) - 4);
        var field = EffectiveReceptiveField.Compute(convolution.call, randn(2, 1, 5, 5));
        for (var row = 0; row < 5; row++)
            for (var column = 0; column < 5; column++)
                // A mean over two examples, whose sum the gradient is of.
                Assert.Equal(row is 0 or 4 || column is 0 or 4 ? 0 : Math.Abs((row - 1) * 3 + column - 1 - 4), field[row, column], 1e-6);
    }

    public static TheoryData<string> Modules => ["cascade", "parallel", "local", "response", "strip tokens", "row column", "channels"];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Gradients_are_those_of_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        var module = Make(name);
        foreach (var parameter in module.parameters())
        {
            using var frozen = no_grad();
            parameter.add_(0.1 * randn_like(parameter));
        }
        long[] shape = name == "response" ? [2, 4, 4, 8] : [2, 8, 4, 4];
        var input = randn(shape, dtype: float64).requires_grad_();
        var weights = randn(shape, dtype: float64);
        Assert.Equal(shape, module.call(input).shape);
        Loss(input).backward();

        Tensor[] watched = [input, .. module.parameters()];
        foreach (var parameter in watched)
        {
            using var inner = NewDisposeScope();
            var direction = randn_like(parameter);
            var slope = (parameter.grad! * direction).sum().item<double>();
            double above, below;
            using (no_grad())
            {
                parameter.add_(1e-5 * direction);
                above = Loss(input).item<double>();
                parameter.sub_(2e-5 * direction);
                below = Loss(input).item<double>();
                parameter.add_(1e-5 * direction);
            }
            Assert.Equal((above - below) / 2e-5, slope, 1e-5 * Math.Max(1, Math.Abs(slope)));
        }

        Tensor Loss(Tensor x) => (module.call(x) * weights).sum();
    }

    [Fact]
    public void A_cascade_mixes_rows_then_what_they_are_fused_to_with_the_input()
    {
        using var scope = NewDisposeScope();
        new Seed(6).SeedTorch();
        var module = new CascadeGroupStripMixing(8, 4, patches: 2, dtype: float64);
        module.eval();
        Statistics(module);
        var parts = module.named_children().ToDictionary(child => child.name, child => (Module<Tensor, Tensor>)child.module);
        var x = randn(3, 8, 4, 4, dtype: float64);
        var rows = parts["_rows"].call(parts["_rowPositions"].call(x));
        var fused = functional.conv2d(cat([rows, x], 1), Weight(module, "_fuseRows.weight"));
        // Positions are added behind the activation.
        var columns = parts["_columns"].call(parts["_columnPositions"].call(functional.gelu(Normed(module, "_norm", fused))));
        Assert.True(functional.conv2d(cat([x, columns], 1), Weight(module, "_fuse.weight")).allclose(module.call(x), 1e-10, 1e-12));
    }

    [Fact]
    public void Strip_tokens_are_a_depthwise_and_a_pointwise_convolution_then_both_modules_on_a_half_each()
    {
        using var scope = NewDisposeScope();
        new Seed(7).SeedTorch();
        var module = new StripTokenMixing(8, 4, dtype: float64);
        module.eval();
        Statistics(module);
        var parts = module.named_children().ToDictionary(child => child.name, child => (Module<Tensor, Tensor>)child.module);
        var x = randn(3, 8, 4, 4, dtype: float64);
        var depthwise = functional.conv2d(functional.gelu(Normed(module, "_depthwise._norm", x)), Weight(module, "_depthwise._convolution.weight"), padding: [1, 1], groups: 8);
        var inner = functional.gelu(Normed(module, "_norm", functional.conv2d(depthwise, Weight(module, "_in.weight"), Weight(module, "_in.bias"))));
        var halves = cat([parts["_cascade"].call(inner[.., ..4]), parts["_local"].call(inner[.., 4..])], 1);
        Assert.True(functional.conv2d(halves, Weight(module, "_out.weight")).allclose(module.call(x), 1e-10, 1e-12));
    }

    [Fact]
    public void Rows_and_columns_are_mixed_side_by_side_by_one_matrix_each()
    {
        using var scope = NewDisposeScope();
        new Seed(8).SeedTorch();
        var module = new RowColumnMixing(8, 4, dtype: float64);
        module.eval();
        Statistics(module);
        var x = randn(3, 8, 4, 4, dtype: float64);
        var depthwise = functional.conv2d(functional.gelu(Normed(module, "_depthwise._norm", x)), Weight(module, "_depthwise._convolution.weight"), padding: [1, 1], groups: 8);
        var inner = functional.gelu(Normed(module, "_norm", depthwise));
        var rows = einsum("nchw,vw->nchv", inner, Weight(module, "_row.weight")) + Weight(module, "_row.bias");
        var columns = einsum("nchw,gh->ncgw", inner, Weight(module, "_column.weight")) + Weight(module, "_column.bias").unsqueeze(1);
        Assert.True(functional.conv2d(cat([inner, rows, columns], 1), Weight(module, "_fuse.weight")).allclose(module.call(x), 1e-10, 1e-12));
    }

    [Fact]
    public void Channels_are_mixed_by_a_depthwise_convolution_and_a_network_at_each_position()
    {
        using var scope = NewDisposeScope();
        new Seed(9).SeedTorch();
        var module = new ChannelMixing(8, 12, dtype: float64);
        using (no_grad())
            Weight(module, "_response._gamma").fill_(0.5);
        var x = randn(3, 8, 4, 5, dtype: float64);
        var positions = functional.conv2d(x, Weight(module, "_depthwise.weight"), padding: [3, 3], groups: 8).permute(0, 2, 3, 1);
        var hidden = functional.gelu(functional.linear(functional.layer_norm(positions, [8]), Weight(module, "_first.weight"), Weight(module, "_first.bias")));
        var norms = hidden.square().sum([1, 2], keepdim: true).sqrt();
        var answered = hidden * (1 + 0.5 * norms / (norms.mean([3], keepdim: true) + 1e-6));
        var expected = functional.linear(answered, Weight(module, "_second.weight"), Weight(module, "_second.bias")).permute(0, 3, 1, 2);
        Assert.True(expected.allclose(module.call(x), 1e-10, 1e-12));
    }

    [Fact]
    public void Local_mixing_with_even_shares_is_the_mean_of_both_convolutions_and_the_input()
    {
        using var scope = NewDisposeScope();
        new Seed(4).SeedTorch();
        var local = new LocalStripMixing(4, dtype: float64);
        var weights = local.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        using (no_grad())
        {
            weights["_weigh.weight"].zero_();
            weights["_weigh.bias"].zero_();
        }
        var input = randn(2, 4, 9, 9, dtype: float64);
        var wide = functional.conv2d(input, weights["_wide.weight"], padding: [1, 3], groups: 4);
        var tall = functional.conv2d(input, weights["_tall.weight"], padding: [3, 1], groups: 4);
        Assert.True(((wide + tall + input) / 3).allclose(local.call(input), 1e-12, 1e-12));
    }

    [Fact]
    public void Response_normalisation_begins_as_the_identity_and_then_follows_its_formula()
    {
        using var scope = NewDisposeScope();
        var norm = new GlobalResponseNorm(3, dtype: float64);
        var input = randn(2, 4, 5, 3, dtype: float64);
        Assert.True(input.allclose(norm.call(input), 0, 0));
        using (no_grad())
        {
            norm.Gamma.fill_(2);
            norm.Beta.fill_(-1);
        }
        var norms = input.square().sum([1, 2], keepdim: true).sqrt();
        Assert.True((input * (1 + 2 * norms / norms.mean([3], keepdim: true)) - 1).allclose(norm.call(input), 1e-5, 1e-5));
    }

    [Fact]
    public void A_path_is_dropped_by_example_while_training_and_never_in_evaluation()
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        var drop = new DropPath(0.25);
        var input = ones(4000, 2, 3);
        var made = drop.call(input);
        Assert.True(made.eq(0).logical_or(made.sub(1 / 0.75).abs().lt(1e-6)).all().item<bool>());
        Assert.True(made.flatten(1).std(1).abs().max().item<float>() < 1e-6);
        Assert.Equal(0.25, made.select(2, 0).select(1, 0).eq(0).to(float32).mean().item<float>(), 0.03);
        drop.eval();
        Assert.True(input.equal(drop.call(input)).all().item<bool>());
    }

    [Fact]
    public void Channels_that_do_not_split_are_refused()
    {
        Assert.StartsWith("channels 6 is not divisible by patches 4.", Assert.Throws<ArgumentException>(() => new CascadeGroupStripMixing(6, 4, 4)).Message, StringComparison.Ordinal);
        Assert.StartsWith("channels 7 is odd", Assert.Throws<ArgumentException>(() => new StripTokenMixing(7, 4)).Message, StringComparison.Ordinal);
    }

    private static TorchSharp.Modules.Parameter Weight(Module module, string name) => module.named_parameters().Single(parameter => parameter.name == name).parameter;

    // Other statistics than those at the start, with which batch norm hardly does anything.
    private static void Statistics(Module module)
    {
        foreach (var (name, buffer) in module.named_buffers().Where(buffer => buffer.buffer.is_floating_point()))
            buffer.copy_(name.EndsWith("var", StringComparison.Ordinal) ? rand_like(buffer) + 0.5 : randn_like(buffer));
    }

    private static Tensor Normed(Module module, string name, Tensor x)
    {
        var buffers = module.named_buffers().ToDictionary(buffer => buffer.name, buffer => buffer.buffer);
        return functional.batch_norm(x, buffers[name + ".running_mean"], buffers[name + ".running_var"], Weight(module, name + ".weight"), Weight(module, name + ".bias"));
    }

    private static Module<Tensor, Tensor> Make(string name) => name switch
    {
        "cascade" => new CascadeGroupStripMixing(8, 4, 4, dtype: float64),
        "parallel" => new CascadeGroupStripMixing(8, 4, 4, cascade: false, dtype: float64),
        "local" => new LocalStripMixing(8, dtype: float64),
        "response" => new GlobalResponseNorm(8, dtype: float64),
        "strip tokens" => new StripTokenMixing(8, 4, dtype: float64),
        "row column" => new RowColumnMixing(8, 4, dtype: float64),
        _ => new ChannelMixing(8, 12, dtype: float64),
    };
}
