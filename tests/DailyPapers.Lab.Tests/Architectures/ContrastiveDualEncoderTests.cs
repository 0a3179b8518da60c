using DailyPapers.Lab.Architectures;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures;

public sealed class ContrastiveDualEncoderTests
{
    [Fact]
    public void Vectors_have_unit_length_and_a_text_is_a_bag_of_words()
    {
        using var scope = NewDisposeScope();
        using var encoder = new ContrastiveDualEncoder(9, 5, 16, 4, 1e-3, new Seed(1));
        var texts = encoder.EncodeTexts([[], [0, 1, 2], [2, 0, 1], [3]]);
        Assert.True(allclose(texts.square().sum(1), ones(4)));
        Assert.True(allclose(encoder.EncodeImages(rand(3, 9)).square().sum(1), ones(3)));
        Assert.True(allclose(texts[1], texts[2], atol: 1e-6));
        Assert.False(allclose(texts[1], texts[3], atol: 1e-3));
    }

    [Fact]
    public void Pictures_find_their_captions_after_training()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(2).ToGenerator();
        using var encoder = new ContrastiveDualEncoder(6, 6, 32, 8, 1e-2, new Seed(3));
        int[][] captions = [[0], [1], [2], [3], [4], [5]];
        Tensor Pictures() => eye(6) + randn([6, 6], generator: generator) * 0.1f;
        double Right() => encoder.EncodeImages(Pictures()).mm(encoder.EncodeTexts(captions).t()).argmax(1).eq(arange(6)).to(float64).mean().item<double>();
        // Two cross-entropies of guessing among six, before the encoders know anything.
        Assert.InRange(encoder.Step(Pictures(), captions), 0.5, 8);
        for (var step = 0; step < 60; step++)
        {
            using var inner = NewDisposeScope();
            encoder.Step(Pictures(), captions);
        }
        Assert.Equal(1, Right());
        Assert.InRange(encoder.Step(Pictures(), captions), 0, 0.3);
        Assert.Throws<ArgumentException>(() => encoder.Step(Pictures(), [[0]]));
    }
}
