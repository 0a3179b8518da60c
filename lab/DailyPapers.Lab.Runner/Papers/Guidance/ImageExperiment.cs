using DailyPapers.Lab.Architectures.Guidance;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using DailyPapers.Lab.Training.Guidance;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.Guidance;

/// <summary>Networks that hardly train alone, on Fashion-MNIST at half its resolution (claims 1, 2 and 4).</summary>
internal sealed class ImageExperiment : IDisposable
{
    private const int Depth = 20;
    private const int Width = 100;
    private const int Channels = 8;
    private const int Pairs = 3; // 20 layers
    private const int Watched = 128;

    private readonly Tensor _train;
    private readonly Tensor _trainLabels;
    private readonly Tensor _test;
    private readonly Tensor _testLabels;
    private readonly Seed _seed;
    private readonly CancellationToken _cancellation;

    internal ImageExperiment(string folder, int train, int test, Seed seed, CancellationToken cancellation)
    {
        (_seed, _cancellation) = (seed, cancellation);
        using var sample = ImageSample.Draw(FashionMnist.Read(folder), train, test, seed.Stream("images"));
        (_train, _test) = (nn.functional.avg_pool2d(sample.TrainImages, 2), nn.functional.avg_pool2d(sample.TestImages, 2));
        (_trainLabels, _testLabels) = (sample.TrainLabels.clone(), sample.TestLabels.clone());
    }

    /// <summary>Accuracies in percent, and the mean CKA with the guide on test images.</summary>
    internal sealed record Outcome(double Test, double Train, double Alignment)
    {
        internal double Gap => Train - Test;
    }

    /// <summary>The deep fully connected network: alone, guided by an untrained convolutional network, and guided for the first tenth of the steps.</summary>
    internal (Outcome Alone, Outcome Guided, Outcome Early) FullyConnected(int steps, int batch, double stepSizeAlone, double stepSizeGuided)
    {
        using var guide = Seeded("guide", () => new DeepConvNet(1, Channels, 1, 10, residual: false));
        var outcomes = Compare(
            "dense", () => new DeepFullyConnected(14 * 14, Width, Depth, 10, batchNorm: true), network => network.Layers, guide, guide.Layers, batch,
            (steps, stepSizeAlone, 0), (steps, stepSizeGuided, steps), (steps, stepSizeGuided, steps / 10));
        return (outcomes[0], outcomes[1], outcomes[2]);
    }

    /// <summary>The plain network of 20 convolutional layers, alone and guided, and the trained residual network that guides it.</summary>
    internal (Outcome Alone, Outcome Guided, double Guide) Convolutional(int steps, int batch, double stepSizeGuide, double stepSizeAlone, double stepSizeGuided)
    {
        using var guide = Seeded("resnet", () => new DeepConvNet(1, Channels, Pairs, 10, residual: true, batchNorm: true));
        GuidedTraining.Classifier(guide, null, _train, _trainLabels, new(steps, batch, stepSizeGuide), _seed.Stream("resnet batches"), _cancellation);
        var outcomes = Compare(
            "plain", () => new DeepConvNet(1, Channels, Pairs, 10, residual: false, batchNorm: true), network => network.Layers, guide, guide.Layers, batch,
            (steps, stepSizeAlone, 0), (steps, stepSizeGuided, steps));
        return (outcomes[0], outcomes[1], Accuracy(guide, _test, _testLabels));
    }

    public void Dispose()
    {
        _train.Dispose();
        _trainLabels.Dispose();
        _test.Dispose();
        _testLabels.Dispose();
    }

    // #region compare
    // The same initial weights and batches for all.
    private Outcome[] Compare<T>(
        string name, Func<T> build, Func<T, IReadOnlyList<Network>> layers, Network guide, IReadOnlyList<Network> guideLayers, int batch,
        params (int Steps, double StepSize, int GuidedSteps)[] trainings)
        where T : Network
    {
        return [.. trainings.Select(training =>
        {
            using var network = Seeded(name, build);
            using var guidance = new GuidanceLoss(layers(network), guide, guideLayers);
            GuidedTraining.Classifier(
                network, guidance, _train, _trainLabels, new(training.Steps, batch, training.StepSize, training.GuidedSteps), _seed.Stream($"{name} batches"), _cancellation);
            network.eval();
            using var watched = _test.narrow(0, 0, Watched);
            return new Outcome(Accuracy(network, _test, _testLabels), Accuracy(network, _train, _trainLabels), GuidedTraining.Alignment(network, guidance, watched));
        })];
    }
    // #endregion compare

    private static double Accuracy(Network network, Tensor inputs, Tensor labels) => 100 * Classification.Evaluate(network, inputs, labels).Accuracy;

    private T Seeded<T>(string name, Func<T> build)
    {
        _seed.Stream(name).SeedTorch();
        return build();
    }
}
