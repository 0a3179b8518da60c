using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.LongTailMemorization;

/// <summary>Trains ReLU networks with one hidden layer.</summary>
internal static class NetworkTraining
{
    internal const int BatchSize = 64;

    private const double FirstStepSize = 0.05;

    /// <summary>Networks trained side by side by stochastic gradient descent with a cosine schedule, each on its own part of the examples.</summary>
    internal static MlpEnsemble Train(
        Tensor inputs, Tensor labels, IReadOnlyList<long[]> parts, int width, double weightDecay, int steps, Seed seed, CancellationToken cancellation)
    {
        var networks = new MlpEnsemble(parts.Count, [(int)inputs.shape[1], width, ClassificationTask.Classes], seed.Stream("weights"), weightDecay: weightDecay);
        var batches = parts.Select((part, member) => new ShuffledBatches(part, BatchSize, seed.Stream($"batches {member}"))).ToArray();
        var indices = new long[parts.Count * BatchSize];
        var schedule = new CosineSchedule(FirstStepSize, steps);
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            for (var member = 0; member < parts.Count; member++)
                batches[member].Next(indices.AsSpan(member * BatchSize, BatchSize));
            var rows = tensor(indices);
            networks.Step(
                inputs.index_select(0, rows).reshape(parts.Count, BatchSize, -1), labels.index_select(0, rows).reshape(parts.Count, BatchSize),
                schedule.At(step));
        }
        return networks;
    }

    /// <summary>The budget of a private training and of its twin without privacy.</summary>
    /// <param name="Steps">T.</param>
    /// <param name="Rate">q, with which an example is in a step's batch.</param>
    /// <param name="StepSize">η.</param>
    internal sealed record PrivateBudget(int Steps, double Rate, double StepSize);

    // #region dp
    /// <summary>One network trained by DP-SGD on Poisson samples; with a clip of +∞ and no noise it is plain SGD on the same batches.</summary>
    internal static MlpEnsemble TrainPrivately(
        Tensor inputs, Tensor labels, int width, PrivateBudget budget, double clip, double noise, Seed seed, CancellationToken cancellation)
    {
        var network = new MlpEnsemble(1, [(int)inputs.shape[1], width, ClassificationTask.Classes], seed.Stream("weights"));
        var random = seed.Stream("batches").ToRandom();
        using var generator = seed.Stream("noise").ToGenerator();
        var examples = (int)inputs.shape[0];
        for (var step = 0; step < budget.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var rows = tensor(Enumerable.Range(0, examples).Where(_ => random.NextDouble() < budget.Rate).Select(i => (long)i).ToArray());
            network.PrivateStep(
                inputs.index_select(0, rows).unsqueeze(0), labels.index_select(0, rows).unsqueeze(0), budget.StepSize, clip, noise, budget.Rate * examples, generator);
        }
        return network;
    }
    // #endregion dp
}
