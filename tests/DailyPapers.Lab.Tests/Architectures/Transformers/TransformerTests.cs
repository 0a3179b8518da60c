using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.Transformers;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.Transformers;

public sealed class TransformerTests
{
    private static readonly VisionTransformerOptions _small = new(Side: 8, Patch: 2, Dim: 12, Depth: 2, Heads: 3, Classes: 5);

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 0.25)]
    [InlineData(true, 0.25)]
    public void Attention_is_the_softmax_of_scaled_products_applied_to_the_values(bool causal, double? scale)
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var attention = new MultiHeadAttention(6, 2, causal, scale, dtype: float64);
        var input = randn(2, 5, 6, dtype: float64);

        var parts = attention.QueryKeyValue.call(input).chunk(3, 2);
        var mixed = new Tensor[2];
        for (var head = 0; head < 2; head++)
        {
            var (q, k, v) = (parts[0].narrow(2, head * 3, 3), parts[1].narrow(2, head * 3, 3), parts[2].narrow(2, head * 3, 3));
            var scores = q.matmul(k.transpose(1, 2)) * (scale ?? 1 / Math.Sqrt(3));
            if (causal)
                scores = scores.masked_fill(ones(5, 5, dtype: ScalarType.Bool).triu(1), double.NegativeInfinity);
            mixed[head] = scores.softmax(2).matmul(v);
        }
        var expected = attention.Output.call(cat(mixed, 2));

        Assert.True(expected.allclose(attention.call(input), 1e-12, 1e-12));
    }

    [Fact]
    public void A_causal_token_does_not_see_those_after_it()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        var block = TransformerBlock.Plain(8, 2, 16, causal: true);
        var input = randn(1, 6, 8);
        var changed = input.clone();
        changed[.., 4..] += 1;
        var (before, after) = (block.call(input), block.call(changed));
        Assert.True(before[.., ..4].allclose(after[.., ..4], 1e-5, 1e-6));
        Assert.False(before[.., 4..].allclose(after[.., 4..], 1e-2, 1e-2));
    }

    [Fact]
    public void Published_sizes_have_the_published_parameters_and_multiply_adds()
    {
        // DeiT (Touvron et al. 2021): 5.7, 22 and 86.6 million parameters; ViT-Ti and ViT-S take 1.3 and 4.6 GFLOPs.
        Assert.Equal(5_717_416, Parameters(VisionTransformerOptions.Tiny));
        Assert.Equal(22_050_664, Parameters(VisionTransformerOptions.Small));
        Assert.Equal(86_567_656, Parameters(VisionTransformerOptions.Base));
        using var model = VisionTransformer.Plain(VisionTransformerOptions.Tiny);
        using var image = zeros(1, 3, 224, 224);
        Assert.Equal(1.25, ModelCost.MultiplyAdds(model, image) / 1e9, 0.005);

        static long Parameters(VisionTransformerOptions options)
        {
            using var model = VisionTransformer.Plain(options, META);
            return ModelCost.Parameters(model);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Counted_multiply_adds_are_those_of_the_formula(bool classToken)
    {
        var options = _small with { ClassToken = classToken };
        using var model = VisionTransformer.Plain(options);
        using var images = zeros(3, 1, 8, 8);
        var (tokens, dim) = (options.Tokens, options.Dim);
        var expected = 16 * 4 * dim + 2 * (tokens * 4 * dim * dim + 2 * tokens * tokens * dim + 2 * tokens * dim * 4 * dim) + dim * 5;
        Assert.Equal(3 * expected, ModelCost.MultiplyAdds(model, images));
    }

    [Fact]
    public void A_block_used_at_two_depths_counts_once_in_parameters_and_twice_in_multiply_adds()
    {
        var shared = TransformerBlock.Plain(12, 3, 48);
        using var model = new VisionTransformer(_small, _ => shared);
        using var plain = VisionTransformer.Plain(_small);
        using var images = zeros(1, 1, 8, 8);
        Assert.Equal(ModelCost.Parameters(plain) - ModelCost.Parameters(shared), ModelCost.Parameters(model));
        Assert.Equal(ModelCost.MultiplyAdds(plain, images), ModelCost.MultiplyAdds(model, images));
    }

    [Fact]
    public void Every_parameter_gets_a_gradient()
    {
        using var scope = NewDisposeScope();
        using var model = VisionTransformer.Plain(_small, dtype: float64);
        model.call(randn(2, 1, 8, 8, dtype: float64)).square().sum().backward();
        Assert.All(model.named_parameters(), parameter => Assert.True(parameter.parameter.grad!.abs().sum().item<double>() > 0, parameter.name));
    }

    [Fact]
    public void Without_gradients_results_are_the_same_and_inputs_untouched()
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        var (part, block, model) = (new FeedForward(12, 20), TransformerBlock.Plain(12, 3, 20), VisionTransformer.Plain(_small));
        var (tokens, images) = (randn(2, 5, 12), randn(2, 1, 8, 8));
        var (given, shown) = (tokens.clone(), images.clone());
        Tensor[] Results() => [part.call(tokens), block.call(tokens), model.call(images)];
        var expected = Results();
        using (no_grad())
            Assert.All(expected.Zip(Results()), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
        Assert.True(given.equal(tokens).all().item<bool>());
        Assert.True(shown.equal(images).all().item<bool>());
    }

    [Fact]
    public void Parts_that_hand_on_what_they_are_given_leave_it_alive()
    {
        using var scope = NewDisposeScope();
        var model = new VisionTransformer(_small, _ => new SameTensor(), new SameTensor());
        var images = randn(2, 1, 8, 8);
        Assert.Equal([2L, 5], model.call(images).shape);
        var block = new TransformerBlock(new SameTensor(), new SameTensor(), new SameTensor(), new SameTensor());
        var tokens = randn(2, 5, 12);
        Assert.True((tokens * 4).allclose(block.call(tokens), 1e-6, 1e-6));
        Assert.Equal([2L, 5, 12], tokens.shape);
    }

    private sealed class SameTensor() : TorchSharp.torch.nn.Module<Tensor, Tensor>(nameof(SameTensor))
    {
        public override Tensor forward(Tensor input) => input;
    }

    [Fact]
    public void A_wrong_shape_is_named_with_what_was_expected()
    {
        using var model = VisionTransformer.Plain(_small);
        using var images = zeros(2, 3, 8, 8);
        Assert.StartsWith("images: expected (*, 1, 8, 8), got (2, 3, 8, 8)", Assert.Throws<ArgumentException>(() => model.call(images)).Message, StringComparison.Ordinal);
        using var layer = new FeedForward(4, 8);
        using var tokens = zeros(2, 5);
        Assert.StartsWith("input: expected (..., 4), got (2, 5)", Assert.Throws<ArgumentException>(() => layer.call(tokens)).Message, StringComparison.Ordinal);
    }
}
