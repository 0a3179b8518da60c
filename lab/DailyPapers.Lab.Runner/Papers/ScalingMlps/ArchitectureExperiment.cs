using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.ScalingMlps;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.ScalingMlps;

/// <summary>Inverted bottlenecks against standard MLPs of as many parameters (claim 1), and batch sizes (claim 3).</summary>
internal sealed class ArchitectureExperiment(Training training, int blocks, int width)
{
    internal const int SmallBatch = 64;

    /// <summary>The batch sizes of claim 3.</summary>
    internal static readonly int[] Batches = [64, 512, 2048];

    private readonly InvertedBottleneckMlpOptions _options = Training.Bottleneck(blocks, width);

    /// <summary>Parameters of the network with bottlenecks.</summary>
    internal long Parameters => _options.Parameters;

    /// <summary>A network with bottlenecks.</summary>
    internal Network Bottleneck() => new InvertedBottleneckMlp(_options);

    /// <summary>A standard network with as many activations and as many parameters, or just fewer.</summary>
    internal Network Standard() =>
        new StandardMlp(Training.Side, 1, [.. Enumerable.Repeat(StandardMlp.WidthFor(Training.Side, 1, blocks, 10, Parameters), blocks)], 10);

    /// <summary>Trains and tests a network.</summary>
    internal double Accuracy(Func<Network> build, ExampleSplit data, double rate, double epochs, int batch, Seed seed) =>
        training.Accuracy(build, data.X, data.Y, data.TestX, data.TestY, rate, epochs, batch, seed);

    /// <summary>The share of the network's parameters that the standard one has.</summary>
    internal double ParameterShare()
    {
        using var standard = Standard();
        return ModelCost.Parameters(standard) / (double)Parameters;
    }
}
