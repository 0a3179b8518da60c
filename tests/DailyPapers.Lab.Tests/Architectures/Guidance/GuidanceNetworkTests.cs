using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.Guidance;
using DailyPapers.Lab.Architectures.Serialization;
using DailyPapers.Lab.Data.Sequences;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.Guidance;

public sealed class GuidanceNetworkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_residual_network_has_the_size_of_the_plain_one_and_of_the_formula(bool batchNorm)
    {
        using var residual = new DeepConvNet(3, 16, 3, 10, residual: true, batchNorm, META);
        using var plain = new DeepConvNet(3, 16, 3, 10, residual: false, batchNorm, META);
        // ResNet-20 (He et al. 2016, table 6): 0.27 million parameters.
        long weights = 3 * 9 * 16 + 6 * 16 * 9 * 16 + 16 * 9 * 32 + 5 * 32 * 9 * 32 + 32 * 9 * 64 + 5 * 64 * 9 * 64 + 64 * 10 + 10;
        long channels = 7 * 16 + 6 * 32 + 6 * 64;
        Assert.Equal(weights + (batchNorm ? 3 : 1) * channels, ModelCost.Parameters(residual));
        Assert.Equal(ModelCost.Parameters(residual), ModelCost.Parameters(plain));
        Assert.Equal(0.27, ModelCost.Parameters(residual) / 1e6, 0.005);
        Assert.Equal(10, residual.Layers.Count);
    }

    [Fact]
    public void Resnet_20_takes_41_million_multiply_adds()
    {
        using var model = new DeepConvNet(3, 16, 3, 10, residual: true, batchNorm: true);
        using var image = zeros(1, 3, 32, 32);
        model.eval();
        Assert.Equal(40.8, ModelCost.MultiplyAdds(model, image) / 1e6, 0.3);
    }

    [Fact]
    public void A_pair_without_weights_passes_its_input_on_if_residual_and_nothing_if_plain()
    {
        using var scope = NewDisposeScope();
        var input = rand(2, 2, 4, 4);
        foreach (var residual in new[] { true, false })
        {
            using var pair = new ConvolutionPair(2, 3, 2, residual);
            using (no_grad())
            {
                foreach (var parameter in pair.parameters())
                    parameter.zero_();
            }
            var output = pair.call(input);
            Assert.Equal([2L, 3L, 2L, 2L], output.shape);
            var expected = zeros(2, 3, 2, 2);
            if (residual)
                expected.narrow(1, 0, 2).copy_(input[.., .., TensorIndex.Slice(0, null, 2), TensorIndex.Slice(0, null, 2)]);
            Assert.True(output.allclose(expected, 1e-6, 1e-6));
        }
    }

    [Theory]
    [InlineData(5, 7, 2)]
    [InlineData(6, 3, 2)]
    [InlineData(7, 8, 3)]
    public void A_shortcut_fits_sides_that_the_stride_does_not_divide(long rows, long columns, int stride)
    {
        using var scope = NewDisposeScope();
        using var pair = new ConvolutionPair(2, 4, stride, residual: true, batchNorm: true);
        Assert.Equal([1L, 4L, (rows + stride - 1) / stride, (columns + stride - 1) / stride], pair.call(rand(1, 2, rows, columns)).shape);
    }

    [Fact]
    public void A_recurrent_layer_follows_its_recursion()
    {
        using var scope = NewDisposeScope();
        using var layer = new RecurrentLayer(3, 4, dtype: float64);
        var weights = layer.state_dict().Values.ToArray();
        var input = randn(2, 5, 3, dtype: float64);
        var state = zeros(2, 4, dtype: float64);
        var expected = new List<Tensor>();
        for (var t = 0; t < 5; t++)
            expected.Add(state = (input.select(1, t).matmul(weights[0].t()) + weights[2] + state.matmul(weights[1].t()) + weights[3]).tanh());
        Assert.True(layer.call(input).allclose(stack([.. expected], 1), 1e-10, 1e-10));
    }

    [Fact]
    public void Taggers_see_no_later_tokens_and_say_one_symbol_a_token()
    {
        using var scope = NewDisposeScope();
        SequenceTagger[] models = [SequenceTagger.Recurrent(6, 4, 5, 2), SequenceTagger.Transformer(6, 8, 4, 2, 2)];
        foreach (var model in models)
        {
            var input = zeros(3, 8, dtype: ScalarType.Int64);
            var changed = input.clone();
            changed.narrow(1, 5, 3).fill_(4);
            var (before, after) = (model.call(input), model.call(changed));
            Assert.Equal([3L, 8L, 6L], before.shape);
            Assert.True(before.narrow(1, 0, 5).allclose(after.narrow(1, 0, 5), 1e-5, 1e-6));
            Assert.False(before.narrow(1, 5, 3).allclose(after.narrow(1, 5, 3), 1e-3, 1e-3));
        }
    }

    [Fact]
    public void Weights_survive_a_safetensors_file()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(Directory.CreateTempSubdirectory("guidance").FullName, "model.safetensors");
        foreach (var build in new Func<nn.Module<Tensor, Tensor>>[]
        {
            () => new DeepFullyConnected(16, 5, 4, 3, batchNorm: true), () => new DeepConvNet(1, 2, 1, 3, residual: true, batchNorm: true), () => SequenceTagger.Recurrent(16, 4, 5, 2),
        })
        {
            using var model = build();
            using var other = build();
            var input = model is SequenceTagger ? arange(16).reshape(2, 8) : rand(2, 1, 4, 4);
            model.call(input);
            model.eval();
            other.eval();
            model.SaveSafetensors(path);
            other.LoadSafetensors(path);
            Assert.True(model.call(input).equal(other.call(input)).all().item<bool>());
        }
        Directory.Delete(Path.GetDirectoryName(path)!, true);
    }

    [Fact]
    public void A_deep_network_has_the_parameters_of_the_formula()
    {
        using var plain = new DeepFullyConnected(196, 100, 20, 10, device: META);
        using var norms = new DeepFullyConnected(196, 100, 20, 10, batchNorm: true, device: META);
        Assert.Equal(197 * 100 + 18 * 101 * 100 + 101 * 10, ModelCost.Parameters(plain));
        Assert.Equal(ModelCost.Parameters(plain) + 19 * 200, ModelCost.Parameters(norms));
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        using var scope = NewDisposeScope();
        using var dense = new DeepFullyConnected(16, 5, 4, 3);
        Assert.StartsWith("input: expected (*, 16), got (2, 15)", Assert.Throws<ArgumentException>(() => dense.call(zeros(2, 3, 5))).Message, StringComparison.Ordinal);
        using var conv = new DeepConvNet(1, 2, 1, 3, false);
        Assert.StartsWith("input: expected (*, 1, *, *), got (2, 3, 4, 4)", Assert.Throws<ArgumentException>(() => conv.call(zeros(2, 3, 4, 4))).Message, StringComparison.Ordinal);
        using var transformer = SequenceTagger.Transformer(6, 8, 4, 2, 1);
        Assert.StartsWith(
            "input: expected at most 8 tokens, got 9", Assert.Throws<ArgumentException>(() => transformer.call(zeros(2, 9, dtype: ScalarType.Int64))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SequenceTagger.Recurrent(6, 4, 5, 0));
        using var recurrent = new RecurrentLayer(3, 4);
        Assert.StartsWith("input: expected (*, *, 3), got (2, 5, 4)", Assert.Throws<ArgumentException>(() => recurrent.call(zeros(2, 5, 4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_task_asks_for_the_symbols_before_the_mark()
    {
        using var scope = NewDisposeScope();
        var task = new CopyTask(8, 5);
        var (inputs, answers) = task.Draw(50, new Seed(1).ToRandom());
        Assert.Equal([50L, 11L], inputs.shape);
        Assert.True(inputs.narrow(1, 0, 5).equal(answers).all().item<bool>());
        Assert.True(inputs.select(1, 5).eq(CopyTask.Mark).all().item<bool>());
        Assert.True(inputs.narrow(1, 6, 5).eq(CopyTask.Blank).all().item<bool>());
        Assert.Equal(2, answers.min().item<long>());
        Assert.Equal(task.Alphabet - 1, answers.max().item<long>());
    }
}
