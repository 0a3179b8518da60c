using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Training;
using DailyPapers.Lab.Training.Guidance;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.Guidance;

/// <summary>Training with Adam, the same for every network, guided for all steps, for the first ones, or for none.</summary>
internal static class GuidedTraining
{
    internal sealed record Options(int Steps, int Batch, double StepSize, int GuidedSteps = 0);

    /// <summary>Trains a classifier in place.</summary>
    internal static void Classifier(Network network, GuidanceLoss? guidance, Tensor inputs, Tensor labels, Options options, Seed seed, CancellationToken cancellation)
    {
        var examples = Enumerable.Range(0, (int)inputs.shape[0]).Select(i => (long)i).ToArray();
        var step = 0;
        Run(network, options, new ShuffledBatches(examples, options.Batch, seed), rows =>
        {
            var batch = inputs.index_select(0, rows);
            return Guided(guidance, nn.functional.cross_entropy(network.call(batch), labels.index_select(0, rows)), batch, step++ < options.GuidedSteps);
        }, cancellation);
    }

    // #region guided
    /// <summary>The task's loss, and the guide's while it is wanted.</summary>
    internal static Tensor Guided(GuidanceLoss? guidance, Tensor loss, Tensor batch, bool wanted) =>
        guidance is not null && wanted ? loss + guidance.Value(batch) : loss;
    // #endregion guided

    internal static void Run(Network network, Options options, ShuffledBatches batches, Func<Tensor, Tensor> loss, CancellationToken cancellation)
    {
        network.train();
        using var optimizer = optim.Adam(network.parameters(), options.StepSize);
        MinibatchTraining.Run(optimizer, batches, 0, options.Steps, new CosineSchedule(options.StepSize, options.Steps).At, loss, cancellation);
    }

    /// <summary>How far the target's layers are aligned with the guide's on a batch: the mean CKA over pairs.</summary>
    internal static double Alignment(Network network, GuidanceLoss guidance, Tensor batch)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        network.call(batch);
        return guidance.Alignments(batch).Average(alignment => alignment.to(float64).item<double>());
    }
}
