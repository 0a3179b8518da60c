using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.UnifiedNormalization;

/// <summary>A small language model on text of a probabilistic grammar: 48 tokens of 48 channels at a time, three blocks.</summary>
internal sealed class LanguageTask : IDisposable
{
    private const int Context = 48;
    private const int TrainWindows = 3000;
    private const int TestWindows = 400;
    private const int BatchSize = 16;

    private readonly int _steps;
    private readonly Seed _seed;
    private readonly int _words;
    private readonly Tensor _train;
    private readonly Tensor _test;

    internal LanguageTask(int steps, Seed seed)
    {
        (_steps, _seed) = (steps, seed);
        var language = new ProbabilisticGrammar(nouns: 60, verbs: 30, adjectives: 20, liked: 3, loyalty: 0.8, seed.Stream("language"));
        _words = language.Words;
        _train = Windows(language, TrainWindows, seed.Stream("train"));
        _test = Windows(language, TestWindows, seed.Stream("test"));
    }

    public void Dispose()
    {
        _train.Dispose();
        _test.Dispose();
    }

    /// <summary>Trains one arm. Arms share the text, the batches and the initial weights.</summary>
    internal Outcome Run(Arm arm, double stepSize, Action<double> progress, CancellationToken cancellation)
    {
        _seed.Stream("weights").SeedTorch();
        using var model = CausalLanguageModel.WithNorm(new(_words, Context, Dim: 48, Depth: 3, Heads: 4), dim => arm.Norm(dim, TransformerTraining.Warmup(_steps)));
        var losses = TransformerTraining.Run(
            model, TrainWindows, BatchSize, _steps, stepSize, rows => NextToken.Loss(model, _train.index_select(0, rows)), _seed.Stream("batches"), progress, cancellation);
        var loss = NextToken.Evaluate(model, _test);
        return new(losses, double.IsFinite(loss) ? loss : double.PositiveInfinity, double.NaN);
    }

    private static Tensor Windows(ProbabilisticGrammar language, int count, Seed seed) =>
        tensor(language.Text(count * (Context + 1), seed).Select(word => (long)word).ToArray(), [count, Context + 1]);
}
