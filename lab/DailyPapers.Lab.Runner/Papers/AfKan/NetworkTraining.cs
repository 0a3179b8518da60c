using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Optimization.Fused;
using DailyPapers.Lab.Timing;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.AfKan;

/// <summary>Small networks on Fashion-MNIST: MLPs, ReLU-KAN and AF-KAN of equal and of fewer parameters.</summary>
internal sealed class NetworkTraining(ImageSample data, NetworkTraining.Setting setting, Seed seed)
{
    /// <summary>What is compared: three of about 52 thousand parameters, and two of a sixth of that.</summary>
    internal static readonly string[] Kinds = ["mlp", "relu-kan", "af-kan", "small-mlp", "small-af-kan"];

    /// <summary>How many times the loss is noted.</summary>
    internal const int Looks = 20;

    private const int Pixels = 784;
    private const int Classes = 10;
    private const int Batch = 64;
    private const double WeightDecay = 1e-4;

    /// <summary>What the reader may change.</summary>
    /// <param name="Epochs">Passes over the training images.</param>
    /// <param name="Steps">Largest step size of each of <see cref="Kinds"/>.</param>
    internal sealed record Setting(int Epochs, IReadOnlyDictionary<string, double> Steps);

    /// <summary>What came of a training.</summary>
    /// <param name="Accuracy">On the test images, in percent.</param>
    /// <param name="Loss">Mean training loss of each of <see cref="Looks"/> stretches, nats.</param>
    /// <param name="Functions">The first layer's functions as they ended, at <see cref="Places"/>, when it is of AF-KAN.</param>
    internal sealed record Outcome(double Accuracy, double[] Loss, double[][] Functions);

    /// <summary>Where functions are drawn.</summary>
    internal static double[] Places { get; } = [.. Enumerable.Range(-30, 81).Select(i => i / 20.0)];

    /// <summary>Parameters of a network.</summary>
    internal static long Parameters(string kind)
    {
        using var network = Create(kind);
        return ModelCost.Parameters(network);
    }

    /// <summary>Multiply-adds of a network for one image.</summary>
    internal static long MultiplyAdds(string kind)
    {
        using var network = Create(kind);
        using var image = zeros(1, Pixels);
        return ModelCost.MultiplyAdds(network, image);
    }

    // #region train
    internal Outcome Train(string kind, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        seed.Stream("weights").SeedTorch();
        using var network = Create(kind);
        var (images, test) = (data.TrainImages.flatten(1), data.TestImages.flatten(1));
        var count = (int)images.shape[0];
        var steps = setting.Epochs * (count / Batch);
        var schedule = new CosineSchedule(setting.Steps[kind], steps);
        using var optimizer = new FusedAdamW(network.parameters(), weightDecay: WeightDecay);
        var batches = new ShuffledBatches(count, Batch, seed.Stream("batches"));
        var losses = new double[Looks];
        for (var look = 0; look < Looks; look++)
        {
            var (from, until) = (steps * look / Looks, steps * (look + 1) / Looks);
            var sum = 0.0;
            MinibatchTraining.Run(optimizer, batches, from, until, schedule.At, examples =>
            {
                var loss = nn.functional.cross_entropy(network.call(images.index_select(0, examples)), data.TrainLabels.index_select(0, examples));
                sum += loss.item<float>();
                return loss;
            }, cancellation);
            losses[look] = sum / (until - from);
            progress((look + 1.0) / Looks);
        }
        // Batches of the training's size: AF-KAN scales its functions by the batch.
        var (accuracy, _) = Classification.Evaluate(network, test, data.TestLabels, Batch);
        return new(100 * accuracy, losses, Functions(network));
    }

    private static Network Create(string kind) => kind switch
    {
        "mlp" => ActivationKan.Mlp([Pixels, 65, Classes]),
        "relu-kan" => ActivationKan.Relu([Pixels, 9, Classes]),
        "af-kan" => ActivationKan.Create([Pixels, 65, Classes]),
        "small-mlp" => ActivationKan.Mlp([Pixels, 8, Classes]),
        "small-af-kan" => ActivationKan.Create([Pixels, 8, Classes]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of network."),
    };
    // #endregion train

    /// <summary>Milliseconds of a training step of each kind, medians, and how many times longer AF-KAN's is than the MLP's.</summary>
    internal static (double[] Milliseconds, double Ratio) TimeSteps(Seed seed, double seconds, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        seed.SeedTorch();
        var (images, labels) = (randn(Batch, Pixels), randint(Classes, [Batch], dtype: int64));
        var networks = Kinds.Select(Create).ToArray();
        var optimizers = networks.Select(network => new FusedAdamW(network.parameters(), learningRate: 1e-4)).ToArray();
        try
        {
            var timing = InterleavedTiming.Measure([.. networks.Select((network, i) => (Action)(() => Step(network, optimizers[i])))], 400, seconds, window: 0.05, cancellationToken: cancellation);
            return ([.. Kinds.Select((_, i) => 1000 * timing.Seconds(i).Median)], timing.Speedup(Array.IndexOf(Kinds, "mlp"), Array.IndexOf(Kinds, "af-kan")).Median);
        }
        finally
        {
            foreach (var optimizer in optimizers)
                optimizer.Dispose();
            foreach (var network in networks)
                network.Dispose();
        }

        void Step(Network network, FusedAdamW optimizer)
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(network.call(images), labels).backward();
            optimizer.step();
        }
    }

    private static double[][] Functions(Network network)
    {
        if (network.modules().OfType<ActivationKanLayer>().FirstOrDefault() is not { } layer)
            return [];
        var ends = layer.named_parameters(recurse: false).ToDictionary(pair => pair.name, pair => pair.parameter);
        using var inference = no_grad();
        var values = ActivationBasis.At(tensor(Places, dtype: float32).unsqueeze(0), ends["_low"], ends["_high"], BaseActivation.Silu, FunctionCombination.Quad1).squeeze(0);
        return [.. Enumerable.Range(0, (int)values.shape[1]).Select(function => values.select(1, function).to(float64).data<double>().ToArray())];
    }
}
