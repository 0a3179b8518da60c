using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.Adversarial;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.IntriguingAdversarialProperties;

/// <summary>The networks of the experiments, and how they are trained.</summary>
internal static class Networks
{
    internal const int BatchSize = 64;

    internal const int Chunk = 1000;

    /// <summary>Two hidden layers of 128 and 64 neurons, for square images.</summary>
    internal static Network FullyConnected(int side, Seed seed)
    {
        seed.SeedTorch();
        return nn.Sequential(
            nn.Flatten(), nn.Linear(side * side, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, FashionMnist.Classes));
    }

    /// <summary>Two convolutions of 8 and 16 channels with pooling, and one linear layer, for square images.</summary>
    internal static Network Convolutional(int side, Seed seed)
    {
        seed.SeedTorch();
        return nn.Sequential(
            nn.Conv2d(1, 8, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(16 * (side / 4) * (side / 4), FashionMnist.Classes));
    }

    /// <summary>Trains by Adam with a cosine schedule on cross-entropy plus the entropy penalty.</summary>
    internal static Network Train(Network network, Tensor inputs, Tensor labels, int steps, double penalty, Seed seed, CancellationToken cancellation)
    {
        const double stepSize = 2e-3;
        using var optimizer = optim.Adam(network.parameters(), stepSize);
        var batches = new ShuffledBatches((int)labels.shape[0], BatchSize, seed);
        MinibatchTraining.Run(
            optimizer, batches, from: 0, steps, new CosineSchedule(stepSize, steps).At,
            rows => EntropyPenalty.Loss(network.call(inputs.index_select(0, rows)), labels.index_select(0, rows), penalty), cancellation);
        // Attacks differentiate by inputs only.
        foreach (var parameter in network.parameters())
            parameter.requires_grad_(false);
        return network;
    }

    /// <summary>Applies a function to images and their classes chunk by chunk and joins what it returns along the first dimension.</summary>
    internal static Tensor InChunks(Tensor inputs, Tensor classes, Func<Tensor, Tensor, Tensor> function)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (var from = 0L; from < inputs.shape[0]; from += Chunk)
        {
            var size = Math.Min(Chunk, inputs.shape[0] - from);
            parts.Add(function(inputs.narrow(0, from, size), classes.narrow(0, from, size)));
        }
        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>Predicted classes, (n,).</summary>
    internal static Tensor Predict(Network network, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        return InChunks(inputs, inputs, (x, _) => network.call(x).argmax(1)).MoveToOuterDisposeScope();
    }

    /// <summary>Share of images whose predicted class is not the one given.</summary>
    internal static double ErrorRate(Network network, Tensor inputs, Tensor classes)
    {
        using var scope = NewDisposeScope();
        return Predict(network, inputs).ne(classes).to(float64).mean().item<double>();
    }
}
