using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.ModularAddition;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.GrokOrNot;

/// <summary>The experiments of one seed. They share no state and each draws from streams of its own, so they may run side by side.</summary>
internal sealed class AdditionExperiments(RunSetting setting, Seed seed, CancellationToken cancellation)
{
    /// <summary>Weight decays of the phase map.</summary>
    internal static readonly double[] MapDecays = [0, 5, 10, 15, 20];

    /// <summary>Shares of wrong labels of the phase map.</summary>
    internal static readonly double[] MapCorruptions = [0.1, 0.2, 0.3, 0.4];

    /// <summary>Shares of neurons removed.</summary>
    internal static readonly double[] Removed = [.. Enumerable.Range(0, 20).Select(i => i / 20.0)];

    private const int RandomDraws = 5;

    private readonly int _p = setting.Whole("p");
    private readonly int _width = setting.Whole("width");

    /// <summary>A full-batch training: accuracies before every step and after the last, and each neuron's periodicity.</summary>
    internal sealed record Training(IReadOnlyList<CorruptedAccuracy> Trace, double[] Periodicity, PruningCurves? Pruning);

    /// <summary>Accuracies by share of neurons removed; the random curve is a mean over draws.</summary>
    internal sealed record PruningCurves(CorruptedAccuracy[] LeastPeriodic, CorruptedAccuracy[] MostPeriodic, CorruptedAccuracy[] Random);

    /// <summary>A normalised training: accuracies, periodicity, and the rank correlations with the scale and the effective gain.</summary>
    internal sealed record Normalised(CorruptedAccuracy Final, double[] Periodicity, double ScaleCorrelation, double GainCorrelation);

    // #region full-batch
    /// <summary>Trains on all training pairs with a weight decay.</summary>
    internal Training FullBatch(double corruption, double decay, int steps, bool prune)
    {
        using var data = Data(corruption);
        using var network = new QuadraticMlp(_p, _width, seed.Stream("weights"));
        using var descent = new WholeTableDescent(network, data, decay);
        var trace = new List<CorruptedAccuracy>(steps + 1);
        for (var step = 0; step < steps; step++)
        {
            if (step % 20 == 0)
                cancellation.ThrowIfCancellationRequested();
            trace.Add(descent.Step());
        }
        trace.Add(descent.Look());
        var periodicity = network.Periodicity();
        return new(trace, periodicity, prune ? Prune(network, periodicity, data) : null);
    }
    // #endregion full-batch

    /// <summary>Trains a batch-normalised network.</summary>
    internal Normalised WithNormalisation(double corruption, int steps)
    {
        using var data = Data(corruption);
        using var network = new QuadraticMlp(_p, _width, seed.Stream("weights"), normalised: true);
        var final = NormalisedTraining.Run(network, data, steps, seed.Stream("batches"), cancellation);
        var periodicity = network.Periodicity();
        var (scales, effective) = NormalisedTraining.Gains(network);
        return new(final, periodicity, RankCorrelation.Spearman(scales, periodicity), RankCorrelation.Spearman(effective, periodicity));
    }

    // #region pruning
    private PruningCurves Prune(QuadraticMlp network, double[] periodicity, ModularArithmeticDataset data)
    {
        var random = seed.Stream("random pruning").ToRandom();
        var draws = Enumerable.Range(0, RandomDraws)
            .Select(_ => periodicity.Select(_ => random.NextDouble()).ToArray())
            .Select(scores => Curve(scores, lowestFirst: true)).ToArray();
        return new(
            Curve(periodicity, lowestFirst: true), Curve(periodicity, lowestFirst: false),
            [.. Removed.Select((_, i) => Mean([.. draws.Select(draw => draw[i])]))]);

        CorruptedAccuracy[] Curve(double[] scores, bool lowestFirst) => [.. Removed.Select(fraction =>
        {
            cancellation.ThrowIfCancellationRequested();
            using var pruned = NeuronPruner.ByScore(network, scores, fraction, lowestFirst);
            return CorruptedAccuracy.Of(pruned, data);
        })];
    }
    // #endregion pruning

    private static CorruptedAccuracy Mean(CorruptedAccuracy[] draws) => new(
        draws.Average(draw => draw.Clean), draws.Average(draw => draw.Wrong), draws.Average(draw => draw.Train), draws.Average(draw => draw.Test));

    private ModularArithmeticDataset Data(double corruption) =>
        new(_p, ModularOperation.Addition, setting.Real("alpha"), corruption, seed.Stream("data"));
}
