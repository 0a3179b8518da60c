using DailyPapers.Lab.Architectures.ScalingMlps;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.ScalingMlps;

/// <summary>Pretraining on half of the classes, and few images of the other half (claim 5).</summary>
internal sealed class TransferExperiment
{
    internal const int ImagesOfAClass = 50;

    private const int Batch = 50;
    private const int FewEpochs = 60;

    private readonly Training _training;
    private readonly InvertedBottleneckMlpOptions _options;
    private readonly ExampleSplit _known;
    private readonly ExampleSplit _few;

    /// <summary>Splits the classes at random.</summary>
    internal TransferExperiment(Training training, int blocks, int width, ExampleSplit data, Seed seed)
    {
        int[] classes = [.. Enumerable.Range(0, 10)];
        seed.Stream("classes").ToRandom().Shuffle(classes);
        _training = training;
        _options = Training.Bottleneck(blocks, width, 5);
        _known = data.OfClasses(classes[..5]);
        _few = data.OfClasses(classes[5..]).FirstOfEachClass(ImagesOfAClass);
    }

    /// <summary>Pretrains on the known classes.</summary>
    internal InvertedBottleneckMlp Pretrain(double rate, double epochs, Seed seed) =>
        (InvertedBottleneckMlp)_training.Fit(Fresh, _known.X, _known.Y, rate, epochs, ArchitectureExperiment.SmallBatch, seed);

    /// <summary>Accuracy of a network from scratch on the few images of the other classes.</summary>
    internal double Scratch(double rate, Seed seed) =>
        _training.Accuracy(Fresh, _few.X, _few.Y, _few.TestX, _few.TestY, rate, FewEpochs, Batch, seed);

    /// <summary>Accuracy of a linear layer on what the network's head reads.</summary>
    internal double Probe(InvertedBottleneckMlp network, double rate, Seed seed)
    {
        using var scope = NewDisposeScope();
        Tensor x, testX;
        using (no_grad())
            (x, testX) = (network.Features(_few.X), network.Features(_few.TestX));
        return Linear(x, testX, rate, seed);
    }

    /// <summary>The same on the features of an untrained network.</summary>
    internal double UntrainedProbe(double rate, Seed seed)
    {
        seed.Stream("untrained").SeedTorch();
        using var network = new InvertedBottleneckMlp(_options);
        return Probe(network, rate, seed);
    }

    /// <summary>The same on pixels.</summary>
    internal double Pixels(double rate, Seed seed)
    {
        using var scope = NewDisposeScope();
        return Linear(_few.X.flatten(1), _few.TestX.flatten(1), rate, seed);
    }

    private double Linear(Tensor x, Tensor testX, double rate, Seed seed)
    {
        // Features of one scale for every network, so that one grid of step sizes serves all.
        var (mean, deviation) = (x.mean(), x.std());
        return _training.Accuracy(
            () => nn.Linear(x.shape[1], 5), (x - mean) / deviation, _few.Y, (testX - mean) / deviation, _few.TestY, rate, FewEpochs, Batch, seed);
    }

    private Network Fresh() => new InvertedBottleneckMlp(_options);
}
