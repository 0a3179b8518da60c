using DailyPapers.Lab.Architectures.InfiniteWidth;
using DailyPapers.Lab.Data;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.InfiniteWidth;

public sealed class CbowEmbeddingTests
{
    [Fact]
    public void A_step_is_that_of_the_network_on_one_hot_vectors()
    {
        using var scope = NewDisposeScope();
        const int words = 6;
        const double rate = 0.3;
        var embedding = CbowEmbedding.Limit(words);
        using var net = LinearFeatureNet.Limit(words, words);
        int[] context = [0, 2, 2, 5], negatives = [1, 4];
        const int target = 3;
        var input = zeros(1, words, dtype: float64);
        foreach (var word in context)
            input[0, word] += 1.0 / context.Length;
        for (var step = 0; step < 4; step++)
        {
            var outputs = net.Forward(input);
            var mask = zeros(1, words, dtype: float64);
            var labels = zeros(1, words, dtype: float64);
            labels[0, target] = 1;
            foreach (var word in (int[])[target, .. negatives])
                mask[0, word] = 1;
            var loss = -(mask * (labels * outputs.sigmoid().log() + (1 - labels) * (-outputs).sigmoid().log())).sum().item<double>();
            net.Step(input, mask * (outputs.sigmoid() - labels), rate);
            Assert.Equal(loss, embedding.Step(context, target, negatives, rate), 1e-6);
        }
        for (var word = 0; word < words; word++)
            Assert.True(allclose(net.Input.t()[word], tensor(embedding.Embedding(word).ToArray()).to(float64), atol: 1e-6));
    }

    [Fact]
    public void A_rate_of_zero_measures_and_changes_nothing()
    {
        var embedding = CbowEmbedding.Sample(5, 8, LinearScaling.MaximalUpdate(8), new Seed(1));
        var before = embedding.Embedding(1).ToArray();
        var loss = embedding.Step([1, 2], 3, [0, 4], 0);
        Assert.Equal(loss, embedding.Step([1, 2], 3, [0, 4], 0));
        Assert.Equal(before, embedding.Embedding(1).ToArray());
        // A negative that is the target says nothing.
        Assert.Equal(loss, embedding.Step([1, 2], 3, [0, 3, 4], 0));
    }

    [Fact]
    public void Words_of_a_topic_become_neighbours()
    {
        var corpus = TopicCorpus.Draw(40, 4, 6000, stay: 0.95, stray: 0, new Seed(2));
        var embedding = CbowEmbedding.Limit(corpus.Words);
        Assert.InRange(Purity(), 0, 0.5);
        var random = new Seed(3).ToRandom();
        for (var i = 1; i + 1 < corpus.Tokens.Count; i++)
            embedding.Step([corpus.Tokens[i - 1], corpus.Tokens[i + 1]], corpus.Tokens[i], [random.Next(40), random.Next(40)], 0.1);
        Assert.InRange(Purity(), 0.95, 1);

        double Purity() => NeighbourPurity.Measure([.. Enumerable.Range(0, corpus.Words).Select(embedding.Embedding)], corpus.Topics, 5);
    }

    [Fact]
    public void Purity_counts_neighbours_of_the_own_group()
    {
        ReadOnlyMemory<float>[] vectors = [new float[] { 1, 0 }, new float[] { 2, 0.1f }, new float[] { 0, 1 }, new float[] { 0.1f, 3 }];
        Assert.Equal(1, NeighbourPurity.Measure(vectors, [0, 0, 1, 1], 1));
        Assert.Equal(0, NeighbourPurity.Measure(vectors, [0, 1, 0, 1], 1));
        Assert.Equal(1 / 3.0, NeighbourPurity.Measure(vectors, [0, 0, 1, 1], 3), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => NeighbourPurity.Measure(vectors, [0, 0, 1, 1], 4));
    }

    [Fact]
    public void A_text_stays_in_a_topic_and_strays_as_often_as_declared()
    {
        var corpus = TopicCorpus.Draw(60, 3, 40_000, stay: 0.8, stray: 0.3, new Seed(4));
        // Two tokens in a row: both of their chains' topics agree with 0.8 + 0.2/3, unless one strayed to a word of any topic.
        var alike = Enumerable.Range(1, corpus.Tokens.Count - 1).Average(i => corpus.Topics[corpus.Tokens[i]] == corpus.Topics[corpus.Tokens[i - 1]] ? 1.0 : 0);
        var both = 0.7 * 0.7;
        Assert.Equal(both * (0.8 + 0.2 / 3) + (1 - both) / 3, alike, 0.02);
        Assert.Throws<ArgumentException>(() => TopicCorpus.Draw(61, 3, 10, 0.5, 0, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TopicCorpus.Draw(60, 3, 10, 1.5, 0, new Seed(1)));
    }
}
