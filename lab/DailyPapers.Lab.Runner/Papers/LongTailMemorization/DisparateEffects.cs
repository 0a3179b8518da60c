using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Generalization.LongTail;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.LongTailMemorization;

/// <summary>Whom privacy and compression hurt: the frequent half of the population or the rare half (claims 9 and 10)?</summary>
internal static class DisparateEffects
{
    /// <summary>Privacy losses ε shown; the claim is about the first.</summary>
    internal static readonly double[] Epsilons = [8, 4, 2, 1];

    /// <summary>Shares of weights set to 0.</summary>
    internal static readonly double[] Sparsities = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    private const int Test = 10_000;
    private const double Clip = 1;

    /// <summary>Test errors in percent of the frequent and the rare half: before, and after each strength of the treatment.</summary>
    internal sealed record Outcome((double Frequent, double Rare) Before, (double Frequent, double Rare)[] After)
    {
        /// <summary>Points lost by the rare half over points lost by the frequent half, which are taken to be at least 1.</summary>
        internal double Ratio(int strength) =>
            (After[strength].Rare - Before.Rare) / Math.Max(1, After[strength].Frequent - Before.Frequent);

        /// <summary>Points lost by all.</summary>
        internal double Loss(int strength) => (After[strength].Frequent + After[strength].Rare - Before.Frequent - Before.Rare) / 2;
    }

    // #region effects
    /// <summary>DP-SGD against the same training without clipping and noise.</summary>
    internal static Outcome Privacy(int examples, int width, double noise, NetworkTraining.PrivateBudget budget, Seed seed, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var task = new ClassificationTask(FrequencyPrior.Zipf(examples), examples, Test, noise, seed.Stream("task"));
        using var plain = NetworkTraining.TrainPrivately(task.Inputs, task.Labels, width, budget, 1e12, 0, seed.Stream("network"), cancellation);
        progress(1.0 / (Epsilons.Length + 1));
        var after = new List<(double, double)>();
        foreach (var epsilon in Epsilons)
        {
            var sigma = SampledGaussianPrivacy.NoiseFor(epsilon, budget.Steps, budget.Rate, 1.0 / examples);
            using var network = NetworkTraining.TrainPrivately(task.Inputs, task.Labels, width, budget, Clip, sigma, seed.Stream("network"), cancellation);
            after.Add(Errors(task, network));
            progress((after.Count + 1.0) / (Epsilons.Length + 1));
        }
        return new(Errors(task, plain), [.. after]);
    }

    /// <summary>Pruning by magnitude of a network that fits everything, without training it again.</summary>
    internal static Outcome Compression(MixtureExperiment.Setting setting, Seed seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var task = new ClassificationTask(FrequencyPrior.Zipf(setting.Examples), setting.Examples, Test, setting.Noise, seed.Stream("task"));
        using var network = NetworkTraining.Train(
            task.Inputs, task.Labels, [[.. Enumerable.Range(0, setting.Examples).Select(i => (long)i)]], setting.Width, 0, setting.Steps, seed.Stream("network"), cancellation);
        var before = Errors(task, network);
        var after = new List<(double, double)>();
        foreach (var sparsity in Sparsities)
        {
            // What is 0 already is among the smallest, so pruning more adds to it.
            MagnitudePruner.Prune(network.Weights, sparsity);
            after.Add(Errors(task, network));
        }
        return new(before, [.. after]);
    }
    // #endregion effects

    private static (double Frequent, double Rare) Errors(ClassificationTask task, MlpEnsemble network)
    {
        using var scope = NewDisposeScope();
        var wrong = task.WrongInTest(network.Logits(task.TestInputs)[0].argmax(1));
        return (task.TestError(wrong, true), task.TestError(wrong, false));
    }
}
