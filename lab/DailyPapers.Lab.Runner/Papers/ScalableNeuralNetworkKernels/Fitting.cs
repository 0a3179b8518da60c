using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.ScalableNeuralNetworkKernels;

/// <summary>The one way in which networks are trained here: Adam on cross-entropy, cosine schedule, batches of 64.</summary>
internal static class Fitting
{
    private const int BatchSize = 64;

    internal static void Run(
        Network network, IEnumerable<Parameter> parameters, Tensor inputs, Tensor labels, int steps, double stepSize, Seed batches, CancellationToken cancellation)
    {
        using var optimizer = optim.Adam(parameters, stepSize);
        var schedule = new CosineSchedule(stepSize, steps, warmup: steps / 20);
        MinibatchTraining.Run(
            optimizer, new ShuffledBatches((int)labels.shape[0], BatchSize, batches), 0, steps, schedule.At,
            rows => nn.functional.cross_entropy(network.call(inputs.index_select(0, rows)), labels.index_select(0, rows)), cancellation);
    }
}
