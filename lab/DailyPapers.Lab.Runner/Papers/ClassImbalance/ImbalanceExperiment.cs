using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Data.ClassImbalance;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.ClassImbalance;

/// <summary>
/// Convolutional networks on imbalanced parts of Fashion-MNIST. Every training has as many steps, the same schedule and, within a seed, the
/// same initial weights; the test set is balanced.
/// </summary>
internal sealed class ImbalanceExperiment : IDisposable
{
    internal const int Looks = 5;

    private const int Classes = FashionMnist.Classes;
    private const int Side = 14;
    private const int BatchSize = 64;
    private const double WeightDecay = 5e-4;
    private const int Chunk = 1000;

    // Mean and deviation of Fashion-MNIST's training pixels, as shares of white.
    private const float PixelMean = 0.286f;
    private const float PixelDeviation = 0.353f;

    private readonly Setting _setting;
    private readonly Seed _seed;
    private readonly byte[] _labelBytes;
    private readonly Tensor _images; // (N, 1, 14, 14)
    private readonly Tensor _labels;
    private readonly Tensor _testImages;
    private readonly int[] _testLabels;

    internal sealed record Setting(int Largest, int Test, int Steps, int Channels, int Width, double StepSize);

    /// <summary>How a network ranks and classifies the test set.</summary>
    /// <param name="Auc">One-versus-rest area under the ROC curve, mean over classes, in percent.</param>
    /// <param name="Accuracy">Accuracy in percent.</param>
    /// <param name="Recalls">Recall of every class, in percent.</param>
    internal sealed record Score(double Auc, double Accuracy, double[] Recalls);

    /// <summary>What came of a training.</summary>
    /// <param name="Plain">From the probabilities as they are.</param>
    /// <param name="Thresholded">From those divided by the priors of what it was trained on.</param>
    /// <param name="Curve">The area, in percent, at <see cref="Looks"/> times during training; the last is that of the end.</param>
    /// <param name="TrainAccuracy">Mean over classes of the accuracy on the distinct training examples, in percent.</param>
    internal sealed record Outcome(Score Plain, Score Thresholded, double[] Curve, double TrainAccuracy);

    /// <summary>All outcomes of one scenario, by method.</summary>
    internal sealed record Scenario(Dictionary<string, Outcome> Methods, bool[] IsMinority);

    internal ImbalanceExperiment(FashionMnist data, Setting setting, Seed seed)
    {
        (_setting, _seed) = (setting, seed);
        var (pixels, labels) = Take(data.Train, setting.Largest, seed.Stream("train"));
        var (testPixels, testLabels) = Take(data.Test, setting.Test, seed.Stream("test"));
        _labelBytes = labels;
        _images = tensor(pixels).reshape(labels.Length, 1, Side, Side).DetachFromDisposeScope();
        _labels = tensor(labels.Select(label => (long)label).ToArray()).DetachFromDisposeScope();
        _testImages = tensor(testPixels).reshape(testLabels.Length, 1, Side, Side).DetachFromDisposeScope();
        _testLabels = [.. testLabels.Select(label => (int)label)];
    }

    /// <summary>The reference: all classes as large as the largest.</summary>
    internal Outcome Balanced(CancellationToken cancellation)
    {
        var members = new ClassMembers(_labelBytes, null, Classes);
        using var network = Train(members.Draw([.. Enumerable.Repeat(_setting.Largest, Classes)], _seed.Stream("resample")), out var curve, cancellation);
        return Evaluate(network, members, members, curve);
    }

    /// <summary>By how much the baseline's area changes, in percentage points, when only its initial weights and batches do: what a tie must allow for.</summary>
    internal double RetrainingDifference(StepImbalance imbalance, CancellationToken cancellation)
    {
        var subset = Subset(imbalance);
        var areas = new double[2];
        for (var repeat = 0; repeat < 2; repeat++)
        {
            using var network = Train(subset, out var curve, cancellation, _seed.Stream($"retraining {repeat}"));
            areas[repeat] = curve[^1];
        }
        return Math.Abs(areas[0] - areas[1]);
    }

    // #region scenario
    /// <summary>One scenario with all methods.</summary>
    /// <param name="imbalance">The step.</param>
    /// <param name="partial">Whether oversampling to half the imbalance (on a logarithmic scale) is tried as well.</param>
    /// <param name="cancellation">Stops the trainings.</param>
    internal Scenario Run(StepImbalance imbalance, bool partial, CancellationToken cancellation)
    {
        var subset = Subset(imbalance);
        var members = new ClassMembers(_labelBytes, subset, Classes);
        var resampling = _seed.Stream("resample");
        var parts = new Dictionary<string, long[]>
        {
            ["baseline"] = subset,
            ["over"] = ImbalanceResampling.Oversample(members, 1, resampling),
            ["under"] = ImbalanceResampling.Undersample(members, 1, resampling),
        };
        if (partial)
            parts["over-half"] = ImbalanceResampling.Oversample(members, Math.Sqrt(imbalance.Ratio), resampling);
        var outcomes = new Dictionary<string, Outcome>();
        foreach (var (method, part) in parts)
        {
            using var network = Train(part, out var curve, cancellation);
            outcomes[method] = Evaluate(network, members, new ClassMembers(_labelBytes, part, Classes), curve);
            if (method is not ("over" or "under"))
                continue;
            SecondPhase(network, subset, cancellation);
            outcomes[$"two-phase-{method}"] = Evaluate(network, members, members, []);
        }
        return new(outcomes, [.. members.Counts.Select(count => count < _setting.Largest)]);
    }
    // #endregion scenario

    /// <inheritdoc/>
    public void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
        _testImages.Dispose();
    }

    // Within a seed the small classes at a larger share include those at a smaller one, and examples likewise.
    private long[] Subset(StepImbalance imbalance) =>
        new ClassMembers(_labelBytes, null, Classes).Draw(imbalance.Counts(Classes, _setting.Largest, _seed.Stream("minorities")), _seed.Stream("subset"));

    private SmallConvNet Train(long[] part, out double[] curve, CancellationToken cancellation, Seed? otherSeed = null)
    {
        var seed = otherSeed ?? _seed;
        seed.Stream("weights").SeedTorch();
        var network = new SmallConvNet(Side, _setting.Channels, _setting.Width, Classes);
        using var optimizer = optim.SGD(network.parameters(), _setting.StepSize, momentum: 0.9, weight_decay: WeightDecay);
        var batches = new ShuffledBatches(part, Math.Min(BatchSize, part.Length), seed.Stream("batches"));
        curve = new double[Looks];
        for (var look = 0; look < Looks; look++)
        {
            MinibatchTraining.Run(
                optimizer, batches, _setting.Steps * look / Looks, _setting.Steps * (look + 1) / Looks, StepSize,
                rows => nn.functional.cross_entropy(network.call(_images.index_select(0, rows)), _labels.index_select(0, rows)), cancellation);
            curve[look] = 100 * RocAuc.OneVersusRest(Probabilities(network, null), _testLabels);
        }
        return network;
    }

    // Half as many steps as before: one layer learns soon.
    private void SecondPhase(SmallConvNet network, long[] subset, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var features = cat([.. Enumerable.Range(0, (int)(_images.shape[0] + Chunk - 1) / Chunk)
            .Select(chunk => network.Features(_images.narrow(0, chunk * Chunk, Math.Min(Chunk, _images.shape[0] - chunk * Chunk))))]);
        using var withGradients = enable_grad();
        TwoPhaseTraining.TrainLastLayer(
            features, _labels, network.Last, new ShuffledBatches(subset, Math.Min(BatchSize, subset.Length), _seed.Stream("second phase")),
            _setting.Steps / 2, step => StepSize(2 * step), cancellation);
    }

    private double StepSize(int step) => new CosineSchedule(_setting.StepSize, _setting.Steps).At(step);

    private Outcome Evaluate(SmallConvNet network, ClassMembers distinct, ClassMembers trained, double[] curve)
    {
        using var scope = NewDisposeScope();
        return new(Measure(Probabilities(network, null)), Measure(Probabilities(network, trained.Priors)), curve, TrainAccuracy(network, distinct));
    }

    private Score Measure(double[,] scores)
    {
        var right = new double[Classes];
        for (var i = 0; i < _testLabels.Length; i++)
            if (ArgMax(scores, i) == _testLabels[i])
                right[_testLabels[i]]++;
        return new(
            100 * RocAuc.OneVersusRest(scores, _testLabels), 100 * right.Sum() / _testLabels.Length,
            [.. right.Select(count => 100 * count / _setting.Test)]);
    }

    private double TrainAccuracy(SmallConvNet network, ClassMembers distinct)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var drawn = distinct.Draw([.. distinct.Counts.Select(count => Math.Min(count, 100))], _seed.Stream("subset"));
        var right = network.call(_images.index_select(0, tensor(drawn))).argmax(1).eq(_labels.index_select(0, tensor(drawn))).data<bool>().ToArray();
        return 100 * drawn.Select((example, i) => (Label: _labelBytes[example], Right: right[i])).GroupBy(pair => pair.Label)
            .Average(group => group.Average(pair => pair.Right ? 1.0 : 0));
    }

    // In double precision, so that ranks do not depend on the rounding of large quotients.
    private double[,] Probabilities(SmallConvNet network, IReadOnlyList<double>? priors)
    {
        using var withoutGradients = no_grad();
        var scores = new double[_testLabels.Length, Classes];
        for (var from = 0; from < _testLabels.Length; from += Chunk)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(Chunk, _testLabels.Length - from);
            var probabilities = network.call(_testImages.narrow(0, from, size)).to(float64).softmax(1);
            var values = (priors is null ? probabilities : PriorThresholding.Apply(probabilities, priors)).data<double>().ToArray();
            Buffer.BlockCopy(values, 0, scores, from * Classes * sizeof(double), values.Length * sizeof(double));
        }
        return scores;
    }

    private static int ArgMax(double[,] scores, int row)
    {
        var best = 0;
        for (var k = 1; k < Classes; k++)
            if (scores[row, k] > scores[row, best])
                best = k;
        return best;
    }

    // A number of examples of each class, their images averaged over 2 × 2 pixels: a quarter of the work.
    private static (float[] Pixels, byte[] Labels) Take(LabelledImages images, int each, Seed seed)
    {
        var examples = new ClassMembers(images.Labels.Span, null, Classes).Draw([.. Enumerable.Repeat(each, Classes)], seed);
        var pixels = new float[examples.Length * Side * Side];
        for (var i = 0; i < examples.Length; i++)
        {
            var image = images.Image((int)examples[i]).Span;
            for (var row = 0; row < Side; row++)
                for (var column = 0; column < Side; column++)
                {
                    var corner = 2 * row * images.Width + 2 * column;
                    var share = (image[corner] + image[corner + 1] + image[corner + images.Width] + image[corner + images.Width + 1]) / (4 * 255f);
                    pixels[(i * Side + row) * Side + column] = (share - PixelMean) / PixelDeviation;
                }
        }
        return (pixels, [.. examples.Select(example => images.Labels.Span[(int)example])]);
    }
}
