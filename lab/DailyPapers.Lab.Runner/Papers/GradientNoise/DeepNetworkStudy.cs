using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Optimization.GradientNoise;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.GradientNoise;

/// <summary>
/// Deep ReLU networks on the 8 × 8 digits, all conditions and restarts side by side. Restart r has the same draw of weights (scaled to its
/// condition's deviation) and the same batches in every condition.
/// </summary>
internal sealed class DeepNetworkStudy : IDisposable
{
    internal const int Points = 20;

    private const int Train = 1200;
    private const int BatchSize = 32;
    private const double ClipNorm = 10;

    private readonly Setting _setting;
    private readonly Condition[] _conditions;
    private readonly int[] _firstMembers;
    private readonly int _members;
    private readonly int _firstNoisy;
    private readonly MlpEnsemble _networks;
    private readonly ShuffledBatches[] _batches;
    private readonly Tensor _inputs;
    private readonly Tensor _labels;
    private readonly Generator _generator;

    internal sealed record Setting(int Restarts, int Controls, int Depth, int Width, int Steps, double StepSize, double Eta, double SmallEta, double Gamma, double Deviation);

    /// <summary>A way to start and to train.</summary>
    /// <param name="Name">Its name in the records.</param>
    /// <param name="Variance">The initial weights' variance, or null for He's 2/fan-in.</param>
    /// <param name="Noise">The gradient noise, or null for none.</param>
    /// <param name="Restarts">Networks trained.</param>
    internal sealed record Condition(string Name, double? Variance, AnnealedGradientNoise? Noise, int Restarts);

    internal DeepNetworkStudy(Setting setting, Seed seed)
    {
        _setting = setting;
        Schedule = new AnnealedGradientNoise(setting.Eta, setting.Gamma);
        var poor = setting.Deviation * setting.Deviation;
        var constant = Schedule.ConstantOfSameTotal(setting.Steps);
        var added = setting.StepSize * setting.StepSize * Schedule.TotalVariance(setting.Steps);
        // Those without noise come first, so that noise is drawn for the others only.
        _conditions =
        [
            new("plain", poor, null, setting.Restarts),
            new("wide", poor + added, null, setting.Controls),
            new("he-plain", null, null, setting.Controls),
            new("annealed", poor, Schedule, setting.Restarts),
            new("fixed", poor, constant, setting.Controls),
            new("fixed-eta", poor, new AnnealedGradientNoise(setting.Eta, 0), setting.Controls),
            new("he-annealed", null, Schedule, setting.Controls),
            new("he-small", null, new AnnealedGradientNoise(setting.SmallEta, setting.Gamma), setting.Controls),
        ];
        _firstMembers = new int[_conditions.Length];
        for (var c = 1; c < _conditions.Length; c++)
            _firstMembers[c] = _firstMembers[c - 1] + _conditions[c - 1].Restarts;
        _members = _conditions.Sum(condition => condition.Restarts);
        _firstNoisy = _firstMembers[Array.FindIndex(_conditions, condition => condition.Noise is not null)];

        using var scope = NewDisposeScope();
        var (inputs, labels) = Digits.Shuffled(seed.Stream("order"));
        (_inputs, _labels) = (inputs.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
        int[] widths = [(int)inputs.shape[1], .. Enumerable.Repeat(setting.Width, setting.Depth), Digits.Classes];
        _networks = new MlpEnsemble(_members, widths, seed.Stream("weights"), momentum: 0);
        Initialize();
        var examples = Enumerable.Range(0, Train).Select(i => (long)i).ToArray();
        _batches = [.. Enumerable.Range(0, setting.Restarts).Select(r => new ShuffledBatches(examples, BatchSize, seed.Stream($"batches {r}")))];
        _generator = seed.Stream("noise").ToGenerator();
    }

    internal AnnealedGradientNoise Schedule { get; }

    internal IEnumerable<string> Names => _conditions.Select(condition => condition.Name);

    /// <summary>The weights' variance after <paramref name="step"/> steps if noise were all that moves them, from the poor start.</summary>
    internal double PredictedDeviation(long step) =>
        Math.Sqrt(_setting.Deviation * _setting.Deviation + _setting.StepSize * _setting.StepSize * Schedule.TotalVariance(step));

    /// <summary>Curves over training by condition: test accuracy (%) of every restart, and the deviation of the hidden layers' weights.</summary>
    internal sealed record Outcome(Dictionary<string, double[][]> Accuracies, Dictionary<string, double[]> Deviations);

    internal Outcome Run(Action<double> progress, CancellationToken cancellation)
    {
        var accuracies = _conditions.ToDictionary(condition => condition.Name, condition => new double[Points + 1][]);
        var deviations = _conditions.ToDictionary(condition => condition.Name, _ => new double[Points + 1]);
        Look(0);
        for (var (step, point) = (0, 1); point <= Points; point++)
        {
            for (; step < (int)((long)_setting.Steps * point / Points); step++)
            {
                cancellation.ThrowIfCancellationRequested();
                Step(step);
            }
            Look(point);
            progress(point / (double)Points);
        }
        return new(accuracies, deviations);

        void Look(int point)
        {
            var all = TestAccuracies();
            for (var c = 0; c < _conditions.Length; c++)
            {
                var (name, first, count) = (_conditions[c].Name, _firstMembers[c], _conditions[c].Restarts);
                accuracies[name][point] = all[first..(first + count)];
                deviations[name][point] = HiddenDeviation(first, count);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _networks.Dispose();
        _inputs.Dispose();
        _labels.Dispose();
        _generator.Dispose();
    }

    // Every condition's restart r takes the r-th of He's draws, scaled.
    private void Initialize()
    {
        using var scope = NewDisposeScope();
        var draws = tensor(_conditions.SelectMany(condition => Enumerable.Range(0, condition.Restarts)).Select(r => (long)r).ToArray());
        foreach (var weight in _networks.Weights)
        {
            var scales = _conditions.SelectMany(condition => Enumerable.Repeat(
                condition.Variance is { } variance ? (float)Math.Sqrt(variance * weight.shape[1] / 2) : 1, condition.Restarts)).ToArray();
            weight.copy_(weight.index_select(0, draws) * tensor(scales).reshape(-1, 1, 1));
        }
    }

    private void Step(int step)
    {
        using var scope = NewDisposeScope();
        var drawn = new long[_setting.Restarts * BatchSize];
        for (var r = 0; r < _setting.Restarts; r++)
            _batches[r].Next(drawn.AsSpan(r * BatchSize, BatchSize));
        var rows = tensor(_conditions.SelectMany(condition => drawn.Take(condition.Restarts * BatchSize)).ToArray());
        var noisy = _conditions.Where(condition => condition.Noise is not null);
        var deviations = tensor(noisy.SelectMany(condition => Enumerable.Repeat((float)Math.Sqrt(condition.Noise!.Variance(step)), condition.Restarts)).ToArray())
            .reshape(-1, 1, 1);
        _networks.Step(
            _inputs.index_select(0, rows).reshape(_members, BatchSize, -1), _labels.index_select(0, rows).reshape(_members, BatchSize), _setting.StepSize,
            gradients =>
            {
                MemberClipping.ByNorm(gradients, ClipNorm);
                foreach (var gradient in gradients)
                {
                    var part = gradient.narrow(0, _firstNoisy, _members - _firstNoisy);
                    part.add_(randn(part.shape, generator: _generator).mul_(deviations));
                }
            });
    }

    private double[] TestAccuracies()
    {
        using var scope = NewDisposeScope();
        var count = _inputs.shape[0] - Train;
        var right = _networks.Logits(_inputs.narrow(0, Train, count)).argmax(2).eq(_labels.narrow(0, Train, count));
        return [.. right.to(float32).mean([1L]).data<float>().ToArray().Select(share => 100.0 * share)];
    }

    private double HiddenDeviation(int first, int count)
    {
        using var scope = NewDisposeScope();
        var hidden = _networks.Weights.Skip(1).SkipLast(1).Select(weight => weight.narrow(0, first, count).square().mean().item<float>());
        return Math.Sqrt(hidden.Average());
    }
}
