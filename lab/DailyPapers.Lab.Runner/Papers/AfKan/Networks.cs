using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;
using DailyPapers.Lab.Optimization.Fused;
using DailyPapers.Lab.Runner.Reproductions;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.AfKan;

/// <summary>Networks of one hidden layer: three of about 53 thousand parameters, and a ReLU-KAN of AF-KAN's widths, six times as large.</summary>
internal static class Networks
{
    private const int Pixels = 784;
    private const int Classes = 10;

    // #region arms
    // Batches are as large in testing as in training, because AF-KAN scales its functions by the batch.
    internal static ClassifierComparison Comparison { get; } = new(
        [
            new("mlp", "MLP", 0.008, () => OfImages(ActivationKan.Mlp([Pixels, 65, Classes]))),
            new("relu-kan", "ReLU-KAN", 0.008, () => OfImages(ActivationKan.Relu([Pixels, 9, Classes]))),
            new("af-kan", "AF-KAN", 0.016, () => OfImages(ActivationKan.Create([Pixels, 65, Classes]))),
            new("wide-relu-kan", "wide ReLU-KAN", 0.008, () => OfImages(ActivationKan.Relu([Pixels, 65, Classes]))),
        ],
        Batch: 64, WeightDecay: 1e-4, Warmup: 0, TestBatch: 64, Grid: [0.002, 0.004, 0.008, 0.016, 0.032]);
    // #endregion arms

    /// <summary>Where functions are drawn.</summary>
    internal static double[] Places { get; } = [.. Enumerable.Range(-30, 81).Select(i => i / 20.0)];

    /// <summary>Parameters of a network, and its multiply-adds for one image.</summary>
    internal static (long Parameters, long MultiplyAdds) Cost(ClassifierArm arm)
    {
        using var network = arm.Create();
        using var image = zeros(1, 1, 28, 28);
        return (ModelCost.Parameters(network), ModelCost.MultiplyAdds(network, image));
    }

    /// <summary>The first layer's functions of AF-KAN as they are, at <see cref="Places"/>.</summary>
    internal static double[][] Functions(Network network)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var ends = network.modules().OfType<ActivationKanLayer>().First().named_parameters(recurse: false).ToDictionary(pair => pair.name, pair => pair.parameter);
        var values = ActivationBasis.At(tensor(Places, dtype: float32).unsqueeze(1), ends["_low"], ends["_high"], BaseActivation.Silu, FunctionCombination.Quad1).squeeze(1);
        return [.. Enumerable.Range(0, (int)values.shape[1]).Select(function => values.select(1, function).to(float64).data<double>().ToArray())];
    }

    /// <summary>Milliseconds of a training step of each network, medians, and how many times longer AF-KAN's is than the MLP's.</summary>
    internal static (double[] Milliseconds, double Ratio) TimeSteps(Seed seed, double seconds, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        seed.SeedTorch();
        var arms = Comparison.Arms;
        var (images, labels) = (randn(Comparison.Batch, Pixels), randint(Classes, [Comparison.Batch], dtype: int64));
        var networks = arms.Select(arm => arm.Create()).ToArray();
        var optimizers = networks.Select(network => new FusedAdamW(network.parameters(), learningRate: 1e-4)).ToArray();
        try
        {
            var timing = InterleavedTiming.Measure([.. networks.Select((network, i) => (Action)(() => Step(network, optimizers[i])))], 400, seconds, window: 0.05, cancellationToken: cancellation);
            return ([.. arms.Select((_, i) => 1000 * timing.Seconds(i).Median)], timing.Speedup(Place("mlp"), Place("af-kan")).Median);
        }
        finally
        {
            foreach (var optimizer in optimizers)
                optimizer.Dispose();
            foreach (var network in networks)
                network.Dispose();
        }

        int Place(string name) => arms.TakeWhile(arm => arm.Name != name).Count();

        void Step(Network network, FusedAdamW optimizer)
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(network.call(images), labels).backward();
            optimizer.step();
        }
    }

    private static Network OfImages(Network network) => nn.Sequential(nn.Flatten(), network);
}
