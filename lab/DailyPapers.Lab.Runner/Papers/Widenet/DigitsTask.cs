using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Architectures.WideNet;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Widenet;

/// <summary>A small vision transformer on 8 × 8 digits: patches of 2 × 2, 17 tokens of 32 channels.</summary>
internal sealed class DigitsTask(int steps, int train, Seed seed) : IDisposable
{
    private const int Test = 597;
    private const int BatchSize = 32;

    private readonly ImageSample _sample = ImageSample.DrawDigits(train, Test, seed.Stream("images"));

    internal static WideNetConfig Config { get; } = new(Dim: 32, Depth: 6, Heads: 4, Hidden: 128);

    public void Dispose() => _sample.Dispose();

    internal Outcome Run(Arm arm, double stepSize, Action<double> progress, CancellationToken cancellation)
    {
        seed.Stream("weights").SeedTorch();
        var blocks = arm.Blocks(Config, false);
        return Model.Train(
            new VisionTransformer(new(Digits.Side, 2, Config.Dim, blocks.Length, Config.Heads, 10), depth => blocks[depth]),
            Config.BalanceWeight, Config.Depth, train, BatchSize, steps, stepSize,
            (model, rows) => nn.functional.cross_entropy(model.call(_sample.TrainImages.index_select(0, rows)), _sample.TrainLabels.index_select(0, rows)),
            model => Classification.Evaluate(model, _sample.TrainImages, _sample.TrainLabels).Loss,
            model =>
            {
                var (accuracy, loss) = Classification.Evaluate(model, _sample.TestImages, _sample.TestLabels);
                return (loss, 100 * accuracy);
            },
            seed.Stream("batches"), progress, cancellation);
    }
}
