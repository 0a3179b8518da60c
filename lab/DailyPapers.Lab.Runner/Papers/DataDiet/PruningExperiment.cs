using DailyPapers.Lab.Data;
using DailyPapers.Lab.Data.Pruning;
using DailyPapers.Lab.Reporting;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.DataDiet;

/// <summary>Scores, pruning and noisy labels on Gaussian classes with rare modes (claims 1 to 9).</summary>
internal sealed class PruningExperiment : IDisposable
{
    /// <summary>Kept shares.</summary>
    internal static readonly double[] Fractions = [0.1, 0.2, 0.3, 0.5, 0.7];

    /// <summary>The methods, in the order of the figure.</summary>
    internal static readonly string[] Methods = ["random", "el2n", "grand", "forgetting", "grand-init"];

    private const int Train = 20_000;
    private const int Test = 10_000;
    private const int MembersAtOnce = 10;

    private readonly Tensor _inputs;
    private readonly Tensor _labels;
    private readonly Tensor _testInputs;
    private readonly Tensor _testLabels;
    private readonly long[] _modes;
    private readonly Setting _setting;
    private readonly Seed _seed;

    /// <summary>What the reader may change.</summary>
    /// <param name="Steps">Steps of a training.</param>
    /// <param name="Width">Neurons of a hidden layer.</param>
    /// <param name="Networks">K, networks that a score is averaged over.</param>
    /// <param name="Repeats">Trainings at the shares that claims are about.</param>
    /// <param name="Spread">Standard deviation of the means' coordinates.</param>
    /// <param name="Flips">Share of labels replaced by wrong ones.</param>
    internal sealed record Setting(int Steps, int Width, int Networks, int Repeats, double Spread, double Flips);

    internal PruningExperiment(Setting setting, Seed seed)
    {
        (_setting, _seed) = (setting, seed);
        using var scope = NewDisposeScope();
        using var classes = new RareModes(32, 10, rareModes: 4, commonShare: 0.8, setting.Spread, seed.Stream("means"));
        var (inputs, labels, modes) = classes.Sample(Train, seed.Stream("train"));
        var (testInputs, testLabels, _) = classes.Sample(Test, seed.Stream("test"));
        (_inputs, _labels) = (inputs.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
        (_testInputs, _testLabels) = (testInputs.DetachFromDisposeScope(), testLabels.DetachFromDisposeScope());
        _modes = modes.data<long>().ToArray();
    }

    /// <summary>The step at which scores are taken: a tenth of the training.</summary>
    internal int Early => Math.Max(1, _setting.Steps / 10);

    /// <summary>Scores by method, and how alike they are at other times and from other networks.</summary>
    internal sealed record ScoreSet(Dictionary<string, double[]> Scores, double EarlyToLate, double[] BetweenNetworks);

    // #region scores
    /// <summary>Scores from 2K networks; pruning uses the mean over the first K.</summary>
    internal ScoreSet Score(Action<double> progress, CancellationToken cancellation)
    {
        var networks = _setting.Networks;
        var whole = Whole();
        using var training = new MlpTraining(
            _inputs, _labels, [.. Enumerable.Repeat(whole, 2 * networks)], _setting.Width, _setting.Steps, _seed.Stream("scores"), countForgetting: true);
        var atInit = MlpTraining.Mean(training.GradNorm(_inputs, _labels), 0, networks);
        training.To(Early, cancellation);
        progress(0.2);
        var early = training.El2n(_inputs, _labels);
        var gradNorm = MlpTraining.Mean(training.GradNorm(_inputs, _labels), 0, networks);
        training.To(_setting.Steps / 2, cancellation);
        progress(1);
        var late = MlpTraining.Mean(training.El2n(_inputs, _labels), 0, networks);
        var earlyMean = MlpTraining.Mean(early, 0, networks);
        return new(
            new()
            {
                ["el2n"] = earlyMean,
                ["grand"] = gradNorm,
                ["forgetting"] = MlpTraining.Mean(training.Forgetting(), 0, networks),
                ["grand-init"] = atInit,
            },
            RankCorrelation.Spearman(earlyMean, late),
            [.. Enumerable.Range(1, networks).Select(k => RankCorrelation.Spearman(MlpTraining.Mean(early, 0, k), MlpTraining.Mean(early, networks, k)))]);
    }
    // #endregion scores

    /// <summary>Test accuracies in percent: of the whole data set, and by method and kept share (mean over repeats).</summary>
    internal sealed record Accuracies(double Whole, Dictionary<string, double[]> Pruned);

    // #region prune
    /// <summary>Trains fresh networks on every part for the same number of steps.</summary>
    internal Accuracies Prune(IReadOnlyDictionary<string, double[]> scores, Action<double> progress, CancellationToken cancellation)
    {
        var runs = new List<(string Method, int Fraction, long[] Part)>();
        for (var repeat = 0; repeat < _setting.Repeats; repeat++)
        {
            runs.Add(("whole", -1, Whole()));
            for (var fraction = 0; fraction < Fractions.Length; fraction++)
            {
                // Shares that no claim is about are drawn in the figure only.
                if (repeat > 0 && Fractions[fraction] < 0.5)
                    continue;
                foreach (var method in Methods)
                    runs.Add((method, fraction, method == "random"
                        ? DatasetPruner.KeepRandom(Train, Fractions[fraction], _seed.Stream($"random {fraction} {repeat}"))
                        : DatasetPruner.Keep(scores[method], Fractions[fraction])));
            }
        }

        var accuracies = TrainAll(_labels, [.. runs.Select(run => run.Part)], "retrain", progress, cancellation);
        double Mean(string method, int fraction) =>
            runs.Select((run, i) => (run, i)).Where(pair => pair.run.Method == method && pair.run.Fraction == fraction).Average(pair => accuracies[pair.i]);
        return new(Mean("whole", -1), Methods.ToDictionary(method => method, method => Fractions.Select((_, fraction) => Mean(method, fraction)).ToArray()));
    }
    // #endregion prune

    /// <summary>What a share of wrong labels does: EL2N of wrong and right labels, the detector's AUC, and accuracies in percent.</summary>
    internal sealed record NoiseOutcome(double[] WrongScores, double[] RightScores, double Auc, double Top, double Window, double Random);

    /// <summary>Scores and prunes with wrong labels in the training data; half of it is kept.</summary>
    internal NoiseOutcome Noise(Action<double> progress, CancellationToken cancellation)
    {
        const double kept = 0.5;
        using var scope = NewDisposeScope();
        var random = _seed.Stream("flips").ToRandom();
        var labels = _labels.data<long>().ToArray();
        var wrong = new bool[Train];
        for (var i = 0; i < Train; i++)
            if (random.NextDouble() < _setting.Flips)
                (labels[i], wrong[i]) = ((labels[i] + random.Next(1, 10)) % 10, true);
        var noisy = tensor(labels);
        using var training = new MlpTraining(
            _inputs, noisy, [.. Enumerable.Repeat(Whole(), _setting.Networks)], _setting.Width, _setting.Steps, _seed.Stream("noisy scores"));
        training.To(Early, cancellation);
        var scores = MlpTraining.Mean(training.El2n(_inputs, noisy), 0, _setting.Networks);
        progress(0.3);
        var parts = new List<long[]>();
        for (var repeat = 0; repeat < _setting.Repeats; repeat++)
        {
            parts.Add(DatasetPruner.Keep(scores, kept));
            parts.Add(DatasetPruner.Keep(scores, kept, offset: _setting.Flips));
            parts.Add(DatasetPruner.KeepRandom(Train, kept, _seed.Stream($"noisy random {repeat}")));
        }
        var accuracies = TrainAll(noisy, parts, "noisy retrain", done => progress(0.3 + 0.7 * done), cancellation);
        double Mean(int kind) => Enumerable.Range(0, _setting.Repeats).Average(repeat => accuracies[3 * repeat + kind]);
        double[] Pick(bool which) => [.. scores.Where((_, i) => wrong[i] == which)];
        return new(Pick(true), Pick(false), RocAuc.Binary(scores, wrong), Mean(0), Mean(1), Mean(2));
    }

    /// <summary>Share of examples of rare modes among those kept, and the smallest class's share of them.</summary>
    internal (double Rare, double SmallestClass) Composition(long[] part)
    {
        var labels = _labels.data<long>().ToArray();
        return (part.Average(i => _modes[i] > 0 ? 1.0 : 0), part.GroupBy(i => labels[i]).Min(group => group.Count()) / (double)part.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.Dispose();
        _labels.Dispose();
        _testInputs.Dispose();
        _testLabels.Dispose();
    }

    private double[] TrainAll(Tensor labels, List<long[]> parts, string stream, Action<double> progress, CancellationToken cancellation)
    {
        var accuracies = new List<double>();
        foreach (var chunk in parts.Chunk(MembersAtOnce))
        {
            using var training = new MlpTraining(_inputs, labels, chunk, _setting.Width, _setting.Steps, _seed.Stream($"{stream} {accuracies.Count}"));
            for (var part = 1; part <= 10; part++)
            {
                training.To(_setting.Steps * part / 10, cancellation);
                progress((accuracies.Count + chunk.Length * part / 10.0) / parts.Count);
            }
            accuracies.AddRange(training.Accuracies(_testInputs, _testLabels).Select(accuracy => 100 * accuracy));
        }
        return [.. accuracies];
    }

    private static long[] Whole() => [.. Enumerable.Range(0, Train).Select(i => (long)i)];
}
