using DailyPapers.Lab.Data;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.RaftMlp;

/// <summary>How every network here is trained: AdamW, warm-up and a cosine, label smoothing 0.1, as in the authors' settings.</summary>
internal static class ImageTraining
{
    private const int Batch = 64;
    private const double WeightDecay = 0.05;
    private const double LabelSmoothing = 0.1;

    // #region train
    /// <summary>Trains a fresh network; its weights come from the seed's stream, as do the batches.</summary>
    internal static Network Fit(Func<Network> build, Tensor x, Tensor y, double rate, int epochs, Seed seed, CancellationToken cancellation)
    {
        seed.Stream("weights").SeedTorch();
        var network = build();
        using var adam = optim.AdamW(network.parameters(), rate, weight_decay: WeightDecay);
        var steps = (int)x.shape[0] / Batch * epochs;
        var schedule = new CosineSchedule(rate, steps, warmup: steps / 20);
        var batches = new ShuffledBatches((int)x.shape[0], Batch, seed.Stream("batches"));
        MinibatchTraining.Run(
            adam, batches, 0, steps, schedule.At,
            rows => nn.functional.cross_entropy(network.call(x.index_select(0, rows)), y.index_select(0, rows), label_smoothing: LabelSmoothing), cancellation);
        return network;
    }
    // #endregion train

    /// <summary>Accuracy in percent.</summary>
    internal static double Accuracy(Network network, Tensor x, Tensor y) => 100 * Classification.Evaluate(network, x, y, batch: 500).Accuracy;

    /// <summary>Trains on the first images of a sample and tests on its last ones, so that step sizes are chosen without any test image.</summary>
    internal static double HeldOut(Func<Network> build, ImageSample sample, int train, double rate, int epochs, Seed seed, CancellationToken cancellation)
    {
        var held = (int)sample.TrainImages.shape[0] - train;
        using var network = Fit(build, sample.TrainImages.narrow(0, 0, train), sample.TrainLabels.narrow(0, 0, train), rate, epochs, seed, cancellation);
        return Accuracy(network, sample.TrainImages.narrow(0, train, held), sample.TrainLabels.narrow(0, train, held));
    }
}
