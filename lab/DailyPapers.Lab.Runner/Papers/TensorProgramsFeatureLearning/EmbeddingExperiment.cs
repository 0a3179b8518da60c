using DailyPapers.Lab.Architectures.InfiniteWidth;
using DailyPapers.Lab.Data;

namespace DailyPapers.Lab.Runner.Papers.TensorProgramsFeatureLearning;

/// <summary>Word embeddings by width: do words of a topic become neighbours (claim 4)?</summary>
internal sealed class EmbeddingExperiment
{
    internal const int Topics = 20;
    internal const int Neighbours = 10;

    private const int Window = 2;
    private const int Negatives = 5;
    private const double Stay = 0.9;

    internal static readonly int[] Widths = [16, 64, 256];

    /// <summary>Widths of NTK-parametrized networks: those of µP, and by factors of four up to the largest.</summary>
    internal static int[] TangentWidths(int largest) => [.. Widths, .. Enumerable.Range(5, 10).Select(power => 1 << (2 * power)).TakeWhile(width => width < largest), largest];

    private static readonly double[] _learningRates = [0.03, 0.1, 0.3, 1];

    private readonly Setting _setting;
    private readonly Seed _seed;
    private readonly TopicCorpus _corpus;

    /// <param name="Words">Size of the vocabulary.</param>
    /// <param name="Tokens">Length of the text, of which the last tenth is held out.</param>
    /// <param name="Epochs">Passes over the text.</param>
    /// <param name="Stray">Share of tokens that say nothing about the topic.</param>
    internal sealed record Setting(int Words, int Tokens, int Epochs, double Stray);

    /// <param name="Purity">Percentage of neighbours of the same topic.</param>
    /// <param name="Loss">Mean loss on the text held out.</param>
    /// <param name="LearningRate">The chosen learning rate.</param>
    internal sealed record Result(double Purity, double Loss, double LearningRate);

    internal EmbeddingExperiment(Setting setting, Seed seed)
    {
        (_setting, _seed) = (setting, seed);
        _corpus = TopicCorpus.Draw(setting.Words, Topics, setting.Tokens, Stay, setting.Stray, seed.Stream("text"));
    }

    internal Result MaximalUpdate(int width, Action<double> progress) =>
        Tuned(() => CbowEmbedding.Sample(_setting.Words, width, LinearScaling.MaximalUpdate(width), _seed.Stream($"weights {width}")), progress);

    internal Result Limit(Action<double> progress) => Tuned(() => CbowEmbedding.Limit(_setting.Words), progress);

    internal Result NeuralTangent(int width, Action<double> progress) => Tuned(() => Tangent(width), progress);

    /// <summary>Purity of an NTK-parametrized network before any training.</summary>
    internal double Untrained(int width) => Purity(Tangent(width));

    private CbowEmbedding Tangent(int width) =>
        CbowEmbedding.Sample(_setting.Words, width, LinearScaling.NeuralTangent(width), _seed.Stream($"weights {width}"));

    // #region tuned
    // The learning rate is the one of least loss on the text held out; purity is not looked at.
    private Result Tuned(Func<CbowEmbedding> make, Action<double> progress)
    {
        Result? best = null;
        for (var rate = 0; rate < _learningRates.Length; rate++)
        {
            var embedding = make();
            var random = _seed.Stream("negatives").ToRandom();
            for (var epoch = 0; epoch < _setting.Epochs; epoch++)
            {
                Pass(embedding, Window, _setting.Tokens * 9 / 10, _learningRates[rate], random);
                progress((rate + (epoch + 1.0) / _setting.Epochs) / _learningRates.Length);
            }
            var loss = Pass(embedding, _setting.Tokens * 9 / 10, _setting.Tokens, 0, _seed.Stream("held out").ToRandom());
            if (double.IsNaN(loss))
                loss = double.PositiveInfinity; // it diverged
            if (best is null || loss < best.Loss)
                best = new(Purity(embedding), loss, _learningRates[rate]);
        }
        return best!;
    }
    // #endregion tuned

    private double Pass(CbowEmbedding embedding, int from, int to, double learningRate, Random random)
    {
        Span<int> context = stackalloc int[2 * Window], negatives = stackalloc int[Negatives];
        var loss = 0.0;
        for (var i = from; i < to - Window; i++)
        {
            for (var offset = 1; offset <= Window; offset++)
                (context[2 * offset - 2], context[2 * offset - 1]) = (_corpus.Tokens[i - offset], _corpus.Tokens[i + offset]);
            foreach (ref var negative in negatives)
                negative = random.Next(_setting.Words);
            loss += embedding.Step(context, _corpus.Tokens[i], negatives, learningRate);
        }
        return loss / (to - Window - from);
    }

    private double Purity(CbowEmbedding embedding) => 100 * NeighbourPurity.Measure(
        [.. Enumerable.Range(0, _setting.Words).Select(embedding.Embedding)], _corpus.Topics, Neighbours);
}
