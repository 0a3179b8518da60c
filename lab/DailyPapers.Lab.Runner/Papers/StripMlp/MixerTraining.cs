using DailyPapers.Lab.Architectures.StripMlp;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Optimization.Fused;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.StripMlp;

/// <summary>Trains a network of two stages on a part of a task's images; the same steps whatever the mixer and the part.</summary>
/// <param name="Steps">Steps of AdamW.</param>
/// <param name="Width">Channels of the first stage.</param>
/// <param name="StripStep">Peak step size where a stage has the paper's mixing.</param>
/// <param name="RowColumnStep">Peak step size of row and column mixing.</param>
internal sealed record MixerTraining(int Steps, int Width, double StripStep, double RowColumnStep)
{
    private const int BatchSize = 50;
    private const double WeightDecay = 0.05;

    /// <summary>A trained network, to be disposed.</summary>
    internal StripMlpNet Train(Mixer mixer, ImageTask task, int examples, Seed seed, CancellationToken cancellation)
    {
        seed.SeedTorch();
        var network = mixer.Build(Width);
        var schedule = new CosineSchedule(mixer == Mixer.RowColumn ? RowColumnStep : StripStep, Steps);
        using var optimizer = new FusedAdamW(network.parameters(), schedule.At(0), weightDecay: WeightDecay);
        var batches = new ShuffledBatches(examples, BatchSize, seed.Stream("batches"));
        MinibatchTraining.Run(
            optimizer, batches, 0, Steps, schedule.At,
            rows => nn.functional.cross_entropy(network.call(task.TrainInputs.index_select(0, rows)), task.TrainLabels.index_select(0, rows)), cancellation);
        return network;
    }

    /// <summary>Test accuracy in percent after training.</summary>
    internal double Accuracy(Mixer mixer, ImageTask task, int examples, Seed seed, CancellationToken cancellation)
    {
        using var network = Train(mixer, task, examples, seed, cancellation);
        return Accuracy(network, task);
    }

    internal static double Accuracy(StripMlpNet network, ImageTask task) => 100 * Classification.Evaluate(network, task.TestInputs, task.TestLabels, 250).Accuracy;
}
