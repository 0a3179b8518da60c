using DailyPapers.Lab.Architectures.ScalingMlps;
using DailyPapers.Lab.Data.Augmentation;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Optimization.Lion;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.ScalingMlps;

/// <summary>How every network here is trained: Lion, a cosine schedule, label smoothing 0.3; with or without augmentation.</summary>
internal sealed class Training(double weightDecay, CancellationToken cancellation)
{
    internal const int Side = 28;

    private const double LabelSmoothing = 0.3;
    private const double MixUpAlpha = 0.8;

    /// <summary>A network B-L/Wi-m for these images.</summary>
    internal static InvertedBottleneckMlpOptions Bottleneck(int blocks, int width, int classes = 10) => new(Side, 1, blocks, width, classes);

    // #region train
    /// <summary>Trains a fresh network.</summary>
    /// <param name="build">Makes it, at weights from the global generator.</param>
    /// <param name="x">(n, ...).</param>
    /// <param name="y">(n), int64.</param>
    /// <param name="rate">Lion's step size at its peak.</param>
    /// <param name="epochs">Passes over the examples.</param>
    /// <param name="batch">Examples of a step.</param>
    /// <param name="seed">The stream of weights, batches and augmentation.</param>
    /// <param name="augment">Whether images are cropped, mirrored and mixed.</param>
    internal Network Fit(Func<Network> build, Tensor x, Tensor y, double rate, double epochs, int batch, Seed seed, bool augment = false)
    {
        seed.Stream("weights").SeedTorch();
        var network = build();
        using var lion = Lion.WithDecayOfMatrices(network, rate, weightDecay);
        var steps = (int)Math.Round(x.shape[0] / batch * epochs);
        var schedule = new CosineSchedule(rate, steps, warmup: steps / 20);
        var batches = new ShuffledBatches((int)x.shape[0], batch, seed.Stream("batches"));
        var (crop, mix) = (Crop(seed.Stream("crop")), new MixUp(MixUpAlpha, seed.Stream("mix")));
        MinibatchTraining.Run(lion, batches, 0, steps, schedule.At, Loss, cancellation);
        return network;

        Tensor Loss(Tensor rows)
        {
            var (images, labels) = (x.index_select(0, rows), y.index_select(0, rows));
            if (!augment)
                return nn.functional.cross_entropy(network.call(images), labels, label_smoothing: LabelSmoothing);
            var mixed = mix.Mix(crop.Apply(images), labels);
            return mixed.Loss(network.call(mixed.Examples), LabelSmoothing);
        }
    }
    // #endregion train

    /// <summary>At least 40 % of the image, as in the authors' fine-tuning, with sides up to 4 : 3, as in their pretraining; mirrored half the time.</summary>
    internal static RandomCropFlip Crop(Seed seed) => new(0.4, 1, 4.0 / 3, 0.5, seed);

    /// <summary>Test accuracy in percent of a fresh network.</summary>
    internal double Accuracy(Func<Network> build, Tensor x, Tensor y, Tensor testX, Tensor testY, double rate, double epochs, int batch, Seed seed, bool augment = false)
    {
        using var network = Fit(build, x, y, rate, epochs, batch, seed, augment);
        return Accuracy(network, testX, testY);
    }

    /// <summary>Accuracy in percent.</summary>
    internal static double Accuracy(Network network, Tensor x, Tensor y) => 100 * Classification.Evaluate(network, x, y, batch: 2000).Accuracy;
}
