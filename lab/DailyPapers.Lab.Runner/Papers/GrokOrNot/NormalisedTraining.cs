using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.ModularAddition;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.GrokOrNot;

/// <summary>Trains a batch-normalised network on random batches, without weight decay, as the paper's code does.</summary>
internal static class NormalisedTraining
{
    private const int BatchSize = 256;

    // #region normalised
    /// <summary>Takes steps of AdamW on random batches, which the normalisation needs to be small to act.</summary>
    /// <param name="network">The network to train; left in evaluation mode.</param>
    /// <param name="data">Training and test pairs.</param>
    /// <param name="steps">How many.</param>
    /// <param name="batches">The stream of the batches.</param>
    /// <param name="cancellation">Looked at every few steps.</param>
    internal static CorruptedAccuracy Run(
        QuadraticMlp network, ModularArithmeticDataset data, int steps, Seed batches, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.AdamW(network.Parameters, lr: 0.01, beta1: 0.9, beta2: 0.98, eps: 1e-8, weight_decay: 0);
        using var generator = batches.ToGenerator();
        var targets = nn.functional.one_hot(data.TrainLabels, data.Modulus).to_type(ScalarType.Float32);
        for (var step = 0; step < steps; step++)
        {
            if (step % 20 == 0)
                cancellation.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            var rows = randperm(data.Train.Count, generator: generator).narrow(0, 0, Math.Min(BatchSize, data.Train.Count));
            var scores = network.Forward(data.Train.Left.index_select(0, rows), data.Train.Right.index_select(0, rows));
            optimizer.zero_grad();
            nn.functional.mse_loss(scores, targets.index_select(0, rows)).backward();
            optimizer.step();
        }
        network.Normalisation!.eval();
        return CorruptedAccuracy.Of(network, data);
    }
    // #endregion normalised

    /// <summary>|gamma| of each neuron, and |gamma| times the norm of the neuron's outgoing weights.</summary>
    internal static (double[] Scales, double[] Effective) Gains(QuadraticMlp network)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var scales = network.Normalisation!.weight!.abs();
        return (Read(scales), Read(scales * network.Output.square().sum([0]).sqrt()));
    }

    private static double[] Read(Tensor values) => values.to_type(ScalarType.Float64).data<double>().ToArray();
}
