using DailyPapers.Lab.Generalization.LongTail;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.LongTailMemorization;

/// <summary>Learners that fit everything against learners that don't, on a long and on a short tail (claims 3 to 6).</summary>
internal static class MixtureExperiment
{
    /// <summary>Weight decays of the figure; the declared one is added.</summary>
    internal static readonly double[] Decays = [0, 5e-3, 1e-2, 1.5e-2, 2e-2, 3e-2];

    private const int Test = 10_000;

    /// <summary>What the reader may change.</summary>
    internal sealed record Setting(int Examples, int Width, int Steps, double Noise, double WeightDecay, int Neighbours);

    /// <summary>Test error in percent, training error in percent, and the theorem's price of the training errors in points.</summary>
    internal sealed record Learner(double Error, double TrainingError, double Price);

    /// <summary>Learners on one task: networks by weight decay (the last is the declared one), one neighbour, and several.</summary>
    internal sealed record TailOutcome(Learner[] Networks, Learner OneNeighbour, Learner Neighbours);

    // #region mixture
    /// <summary>The long tail and the short tail.</summary>
    internal static TailOutcome[] Run(Setting setting, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var n = setting.Examples;
        // Both have singletons: those of the long tail stand for subpopulations worth knowing, those of the short tail never come again.
        FrequencyPrior[] priors = [FrequencyPrior.Zipf(n), FrequencyPrior.TwoLevel(20 * n, n / 50, 0.9)];
        var tasks = priors.Select((prior, tail) => new ClassificationTask(prior, n, Test, setting.Noise, seed.Stream($"task {tail}"))).ToArray();
        var tau = priors.Select((prior, tail) => SingletonWeight.Tau(prior, n, 20, 40, seed.Stream($"tau {tail}"))).ToArray();
        progress(0.05);

        var networks = tasks.Select(_ => new List<Learner>()).ToArray();
        var inputs = cat([.. tasks.Select(task => task.Inputs)]);
        var labels = cat([.. tasks.Select(task => task.Labels)]);
        long[][] parts = [.. tasks.Select((_, tail) => Enumerable.Range(tail * n, n).Select(i => (long)i).ToArray())];
        foreach (var decay in (double[])[.. Decays, setting.WeightDecay])
        {
            // The same initial weights and batches for every weight decay.
            using var trained = NetworkTraining.Train(inputs, labels, parts, setting.Width, decay, setting.Steps, seed.Stream("networks"), cancellation);
            for (var tail = 0; tail < tasks.Length; tail++)
            {
                var (task, member) = (tasks[tail], tail);
                networks[tail].Add(Measure(task, tau[tail], x => trained.Logits(x)[member].argmax(1)));
            }
            progress(0.05 + 0.9 * networks[0].Count / (Decays.Length + 1));
        }
        var outcomes = tasks.Select((task, tail) => new TailOutcome(
            [.. networks[tail]], Measure(task, tau[tail], x => NearestNeighbours.Classify(task.Inputs, task.Labels, x, 1)),
            Measure(task, tau[tail], x => NearestNeighbours.Classify(task.Inputs, task.Labels, x, setting.Neighbours)))).ToArray();
        foreach (var task in tasks)
            task.Dispose();
        return outcomes;
    }

    private static Learner Measure(ClassificationTask task, double[] tau, Func<Tensor, Tensor> classify)
    {
        using var scope = NewDisposeScope();
        var wrong = task.WrongInTraining(classify(task.Inputs));
        return new(
            task.TestError(task.WrongInTest(classify(task.TestInputs))), 100 * wrong.Average(value => value ? 1.0 : 0),
            100 * SubpopulationRisk.Price(task.Sample, wrong, tau));
    }
    // #endregion mixture
}
