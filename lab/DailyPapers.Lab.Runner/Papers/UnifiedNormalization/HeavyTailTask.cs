using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.UnifiedNormalization;

/// <summary>
/// A small vision transformer on 8 × 8 digits with Student's t noise on every pixel. With two degrees of freedom its variance is
/// infinite, so that the second moment of a batch now and then is many times that of the batch before.
/// </summary>
internal sealed class HeavyTailTask : IDisposable
{
    private const int Train = 1200;
    private const int Test = 597;
    private const int BatchSize = 64;

    private static readonly VisionTransformerOptions _options = new(8, 2, 32, 2, 4, 10);

    private readonly int _steps;
    private readonly int _degrees;
    private readonly double _scale;
    private readonly Seed _seed;
    private readonly ImageSample _sample;
    private readonly Tensor _noisyTest;

    internal HeavyTailTask(int steps, int degrees, double scale, Seed seed)
    {
        (_steps, _degrees, _scale, _seed) = (steps, degrees, scale, seed);
        _sample = ImageSample.DrawDigits(Train, Test, seed.Stream("images"));
        using var generator = seed.Stream("test noise").ToGenerator();
        _noisyTest = Noisy(_sample.TestImages, generator);
    }

    public void Dispose()
    {
        _sample.Dispose();
        _noisyTest.Dispose();
    }

    /// <summary>Trains one arm. Arms share images, noise, batches and initial weights; the test images are noisy too.</summary>
    internal Outcome Run(Arm arm, double stepSize, Action<double> progress, CancellationToken cancellation)
    {
        _seed.Stream("weights").SeedTorch();
        using var generator = _seed.Stream("noise").ToGenerator();
        using var model = VisionTransformer.WithNorm(_options, dim => arm.Norm(dim, TransformerTraining.Warmup(_steps)));
        var losses = TransformerTraining.Run(
            model, Train, BatchSize, _steps, stepSize,
            rows => nn.functional.cross_entropy(model.call(Noisy(_sample.TrainImages.index_select(0, rows), generator)), _sample.TrainLabels.index_select(0, rows)),
            _seed.Stream("batches"), progress, cancellation);
        var (accuracy, loss) = Classification.Evaluate(model, _noisyTest, _sample.TestLabels);
        return new(losses, double.IsFinite(loss) ? loss : double.PositiveInfinity, 100 * accuracy);
    }

    // #region noise
    // Student's t: a normal number over the root of the mean of as many squared ones as there are degrees of freedom.
    private Tensor Noisy(Tensor images, Generator generator)
    {
        using var scope = NewDisposeScope();
        var spread = randn([_degrees, .. images.shape], generator: generator).square().mean([0L]).sqrt();
        return (images + _scale * randn(images.shape, generator: generator) / spread).MoveToOuterDisposeScope();
    }
    // #endregion noise
}
