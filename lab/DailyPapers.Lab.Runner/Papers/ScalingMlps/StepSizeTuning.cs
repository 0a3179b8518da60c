using DailyPapers.Lab.Architectures.ScalingMlps;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.ScalingMlps;

/// <summary>The choice of step sizes: every arm over the same grid, on training images alone, with streams of its own.</summary>
internal static class StepSizeTuning
{
    private const int HeldOut = 2000;

    /// <summary>Lion's step sizes that are tried.</summary>
    internal static readonly double[] Grid = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2];

    /// <summary>Held-out accuracy by arm and step size.</summary>
    internal static IEnumerable<(string Arm, double Rate, double Accuracy)> Run(
        Training training, ArchitectureExperiment architectures, ExampleSplit data, int images, int fewImages, double epochs, double longEpochs, int blocks, int width, Seed seed)
    {
        var held = data.HoldOut(HeldOut);
        var (some, few) = (held.First(images), held.First(fewImages));
        var transfer = new TransferExperiment(training, blocks, width, held.First(2 * images), seed);
        var pretrained = transfer.Pretrain(3e-4, epochs / 2, seed);
        foreach (var rate in Grid)
        {
            using var scope = NewDisposeScope();
            yield return ("standard", rate, architectures.Accuracy(architectures.Standard, some, rate, epochs, ArchitectureExperiment.SmallBatch, seed));
            foreach (var batch in ArchitectureExperiment.Batches)
                yield return ($"bottleneck-{batch}", rate, architectures.Accuracy(architectures.Bottleneck, some, rate, epochs, batch, seed));
            foreach (var augment in (bool[])[false, true])
                yield return (augment ? "long-augmented" : "long-plain", rate,
                    training.Accuracy(architectures.Bottleneck, few.X, few.Y, few.TestX, few.TestY, rate, longEpochs, AugmentationExperiment.Batch, seed, augment));
            yield return ("once", rate, training.Accuracy(
                () => new InvertedBottleneckMlp(Training.Bottleneck(ComputeExperiment.Blocks, 32)), some.X, some.Y, some.TestX, some.TestY, rate, epochs: 1, ArchitectureExperiment.SmallBatch, seed));
            yield return ("scratch", rate, transfer.Scratch(rate, seed));
            yield return ("probe", rate, transfer.Probe(pretrained, rate, seed));
            yield return ("pixels", rate, transfer.Pixels(rate, seed));
            yield return ("untrained-probe", rate, transfer.UntrainedProbe(rate, seed));
        }
        pretrained.Dispose();
    }
}
