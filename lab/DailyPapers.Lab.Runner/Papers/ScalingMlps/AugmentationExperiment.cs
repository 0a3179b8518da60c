using DailyPapers.Lab.Data.Augmentation;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.ScalingMlps;

/// <summary>Long schedules with and without crops, mirroring and MixUp (claim 2), and predictions averaged over crops.</summary>
internal static class AugmentationExperiment
{
    internal const int Batch = 100;

    private const int Views = 20;

    /// <summary>The schedules, as shares of the longest.</summary>
    internal static readonly double[] Shares = [0.125, 0.25, 0.5, 1];

    /// <summary>Accuracies in percent.</summary>
    /// <param name="Train">On the training images as they are, by schedule.</param>
    /// <param name="Test">On the test images, by schedule.</param>
    /// <param name="Averaged">On the test images after the longest schedule, probabilities averaged over crops; null without augmentation, since such a network knows no crops.</param>
    internal sealed record Outcome(double[] Train, double[] Test, double? Averaged);

    internal static Outcome Run(Training training, Func<Network> build, ExampleSplit data, double rate, double epochs, bool augment, Seed seed, Action<double> progress)
    {
        double[] train = new double[Shares.Length], test = new double[Shares.Length];
        double? averaged = null;
        for (var i = 0; i < Shares.Length; i++)
        {
            using var scope = NewDisposeScope();
            using var network = training.Fit(build, data.X, data.Y, rate, epochs * Shares[i], Batch, seed, augment);
            (train[i], test[i]) = (Training.Accuracy(network, data.X, data.Y), Training.Accuracy(network, data.TestX, data.TestY));
            if (augment && i == Shares.Length - 1)
                averaged = 100 * TestTimeAugmentation.Probabilities(network, data.TestX, Training.Crop(seed.Stream("views")).Apply, Views)
                    .argmax(1).eq(data.TestY).to(float64).mean().item<double>();
            progress(Shares[..(i + 1)].Sum() / Shares.Sum());
        }
        return new(train, test, averaged);
    }
}
