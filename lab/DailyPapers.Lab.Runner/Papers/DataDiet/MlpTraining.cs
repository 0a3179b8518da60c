using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Data.Pruning;
using DailyPapers.Lab.Optimization;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.DataDiet;

/// <summary>Trains networks side by side, each on its own part of one data set, all for the same number of steps.</summary>
internal sealed class MlpTraining : IDisposable
{
    internal const int BatchSize = 64;
    internal const double WeightDecay = 5e-4;

    private const double FirstStepSize = 0.05;
    private const int Chunk = 1000;

    private readonly Tensor _inputs; // (N, d)
    private readonly Tensor _labels; // (N,)
    private readonly ShuffledBatches[] _batches;
    private readonly ForgettingCounter[] _forgetting;
    private readonly int _steps;

    /// <summary>Networks at their initial weights.</summary>
    /// <param name="inputs">(N, d); stays the caller's.</param>
    /// <param name="labels">(N,), int64; stays the caller's.</param>
    /// <param name="parts">The examples of each network.</param>
    /// <param name="width">Neurons of both hidden layers.</param>
    /// <param name="steps">Steps of a whole training, to which the cosine schedule of the step size belongs.</param>
    /// <param name="seed">The stream of weights and batches.</param>
    /// <param name="countForgetting">Whether forgetting events are counted.</param>
    internal MlpTraining(Tensor inputs, Tensor labels, IReadOnlyList<long[]> parts, int width, int steps, Seed seed, bool countForgetting = false)
    {
        (_inputs, _labels, _steps) = (inputs, labels, steps);
        Networks = new MlpEnsemble(parts.Count, [(int)inputs.shape[1], width, width, 10], seed.Stream("weights"), weightDecay: WeightDecay);
        _batches = [.. parts.Select((part, member) => new ShuffledBatches(part, BatchSize, seed.Stream($"batches {member}")))];
        _forgetting = countForgetting ? [.. parts.Select(_ => new ForgettingCounter((int)inputs.shape[0]))] : [];
    }

    /// <summary>The networks.</summary>
    internal MlpEnsemble Networks { get; }

    /// <summary>Steps taken.</summary>
    internal int Taken { get; private set; }

    /// <summary>Trains until a number of steps is taken.</summary>
    internal void To(int step, CancellationToken cancellation)
    {
        var members = Networks.Members;
        var indices = new long[members * BatchSize];
        for (; Taken < step; Taken++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            for (var member = 0; member < members; member++)
                _batches[member].Next(indices.AsSpan(member * BatchSize, BatchSize));
            var rows = tensor(indices);
            var labels = _labels.index_select(0, rows).reshape(members, BatchSize);
            var logits = Networks.Step(_inputs.index_select(0, rows).reshape(members, BatchSize, -1), labels, StepSize(Taken, _steps));
            if (_forgetting.Length == 0)
                continue;
            var right = logits.argmax(2).eq(labels).data<bool>().ToArray();
            for (var i = 0; i < indices.Length; i++)
                _forgetting[i / BatchSize].Observe(indices[i], right[i]);
        }
    }

    /// <summary>The cosine schedule.</summary>
    internal static double StepSize(int step, int steps) => new CosineSchedule(FirstStepSize, steps).At(step);

    /// <summary>EL2N by member and example.</summary>
    internal double[][] El2n(Tensor inputs, Tensor labels) => Scores(inputs, labels, (x, y) => ExampleScores.El2n(Networks.Logits(x), y));

    /// <summary>GraNd by member and example, all parameters counted.</summary>
    internal double[][] GradNorm(Tensor inputs, Tensor labels) => Scores(inputs, labels, (x, y) => Networks.GradientNorms(x, y));

    /// <summary>Forgetting events so far by member and example.</summary>
    internal double[][] Forgetting() => [.. _forgetting.Select(counter => counter.Scores())];

    /// <summary>Share of examples classified rightly, by member.</summary>
    internal double[] Accuracies(Tensor inputs, Tensor labels) =>
        [.. Scores(inputs, labels, (x, y) => Networks.Logits(x).argmax(2).eq(y)).Select(member => member.Average())];

    /// <summary>Mean over members <paramref name="from"/> to <paramref name="from"/> + <paramref name="count"/>.</summary>
    internal static double[] Mean(double[][] members, int from, int count) =>
        [.. Enumerable.Range(0, members[0].Length).Select(example => members.Skip(from).Take(count).Average(member => member[example]))];

    /// <inheritdoc/>
    public void Dispose() => Networks.Dispose();

    // In chunks, since a hidden layer of all examples for all members would not fit a cache, nor some memories.
    private double[][] Scores(Tensor inputs, Tensor labels, Func<Tensor, Tensor, Tensor> score)
    {
        var count = (int)inputs.shape[0];
        var scores = Enumerable.Range(0, Networks.Members).Select(_ => new double[count]).ToArray();
        for (var from = 0; from < count; from += Chunk)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(Chunk, count - from);
            var values = score(inputs.narrow(0, from, size), labels.narrow(0, from, size)).to(float32).data<float>().ToArray();
            for (var member = 0; member < scores.Length; member++)
                for (var i = 0; i < size; i++)
                    scores[member][from + i] = values[member * size + i];
        }
        return scores;
    }
}
