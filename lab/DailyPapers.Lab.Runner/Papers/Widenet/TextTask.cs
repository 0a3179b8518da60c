using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Architectures.WideNet;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Widenet;

/// <summary>A small language model on text of a probabilistic grammar.</summary>
internal sealed class TextTask : IDisposable
{
    private const int Context = 32;
    private const int TestWindows = 300;
    private const int BatchSize = 16;

    private readonly int _steps;
    private readonly int _windows;
    private readonly Seed _seed;
    private readonly int _words;
    private readonly Tensor _train;
    private readonly Tensor _test;

    /// <summary>The task with a number of training windows of 33 words.</summary>
    internal TextTask(int steps, int windows, Seed seed)
    {
        (_steps, _windows, _seed) = (steps, windows, seed);
        var language = new ProbabilisticGrammar(nouns: 60, verbs: 30, adjectives: 20, liked: 3, loyalty: 0.8, seed.Stream("language"));
        _words = language.Words;
        _train = Windows(language, windows, seed.Stream("train"));
        _test = Windows(language, TestWindows, seed.Stream("test"));
    }

    internal static WideNetConfig Config { get; } = new(Dim: 48, Depth: 6, Heads: 4, Hidden: 192);

    public void Dispose()
    {
        _train.Dispose();
        _test.Dispose();
    }

    internal Outcome Run(Arm arm, double stepSize, Action<double> progress, CancellationToken cancellation)
    {
        _seed.Stream("weights").SeedTorch();
        var blocks = arm.Blocks(Config, true);
        return Model.Train(
            new CausalLanguageModel(new(_words, Context, Config.Dim, blocks.Length, Config.Heads), depth => blocks[depth]),
            Config.BalanceWeight, Config.Depth, _windows, BatchSize, _steps, stepSize,
            (model, rows) => NextToken.Loss(model, _train.index_select(0, rows)),
            model => NextToken.Evaluate(model, _train.narrow(0, 0, Math.Min(_windows, TestWindows))),
            model => (NextToken.Evaluate(model, _test), double.NaN),
            _seed.Stream("batches"), progress, cancellation);
    }

    private static Tensor Windows(ProbabilisticGrammar language, int count, Seed seed) =>
        tensor(language.Text(count * (Context + 1), seed).Select(word => (long)word).ToArray(), [count, Context + 1]);
}
