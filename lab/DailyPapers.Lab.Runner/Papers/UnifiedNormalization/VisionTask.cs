using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.UnifiedNormalization;

/// <summary>A small vision transformer on Fashion-MNIST: patches of 7 × 7, 17 tokens of 48 channels, four blocks.</summary>
internal sealed class VisionTask(FashionMnist data, int steps, Seed seed) : IDisposable
{
    private const int Train = 8000;
    private const int Test = 10_000;
    private const int BatchSize = 64;

    internal static readonly VisionTransformerOptions Options = new(28, 7, 48, 4, 4, FashionMnist.Classes);

    private readonly ImageSample _sample = ImageSample.Draw(data, Train, Test, seed.Stream("images"));

    public void Dispose() => _sample.Dispose();

    /// <summary>Trains one arm. Arms share the images, the batches and the initial weights.</summary>
    internal Outcome Run(Arm arm, double stepSize, Action<double> progress, CancellationToken cancellation)
    {
        seed.Stream("weights").SeedTorch();
        using var model = VisionTransformer.WithNorm(Options, dim => arm.Norm(dim, TransformerTraining.Warmup(steps)));
        var losses = TransformerTraining.Run(
            model, Train, BatchSize, steps, stepSize,
            rows => nn.functional.cross_entropy(model.call(_sample.TrainImages.index_select(0, rows)), _sample.TrainLabels.index_select(0, rows)),
            seed.Stream("batches"), progress, cancellation);
        var (accuracy, loss) = Classification.Evaluate(model, _sample.TestImages, _sample.TestLabels);
        return new(losses, double.IsFinite(loss) ? loss : double.PositiveInfinity, 100 * accuracy);
    }
}
