using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Generalization.Estimability;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.FantasticGeneralizationMeasures;

/// <summary>
/// Networks on the cube of ten bits (claims 6 and 7): two worlds whose labels agree on the training sample, a linear threshold
/// function in one and coin tosses on unseen points in the other. A third, with tossed training labels, shows that measures do respond.
/// </summary>
internal static class TrainedNetworks
{
    /// <summary>The measures.</summary>
    internal static readonly string[] Names =
        ["frobenius", "distance", "spectral-product", "path-norm", "spectral-complexity", "inverse-margin", "sharpness", "training-loss"];

    private const int Bits = 10;
    private const int Batch = 32;
    private const double StepSize = 0.05;
    private const double RelativeNoise = 0.2;

    /// <summary>Measures by name and network, and generalisation gaps by network, of one world.</summary>
    internal sealed record World(double[][] Measures, double[] Gaps, double TrainingError);

    internal sealed record Outcome(World Clean, World Tossed, World TossedTraining)
    {
        /// <summary>The largest difference of a measure between the first two worlds, in standard deviations over networks.</summary>
        internal double LargestDifference => Names.Select((_, measure) => Difference(Clean, Tossed, measure)).Max();

        /// <summary>The same between the first and the third world.</summary>
        internal double LargestResponse => Names.Select((_, measure) => Difference(Clean, TossedTraining, measure)).Max();

        /// <summary>Mean gap in the second world less that in the first.</summary>
        internal double GapDifference => Tossed.Gaps.Average() - Clean.Gaps.Average();

        internal static double Difference(World one, World other, int measure)
        {
            double[] a = one.Measures[measure], b = other.Measures[measure];
            var pooled = Math.Sqrt((Math.Pow(SeedStatistics.StandardDeviation(a), 2) + Math.Pow(SeedStatistics.StandardDeviation(b), 2)) / 2);
            return Math.Abs(a.Average() - b.Average()) / pooled;
        }
    }

    internal static Outcome Run(int samples, int networks, int hidden, int steps, Seed seed, Action<double> progress)
    {
        using var scope = NewDisposeScope();
        var random = seed.Stream("worlds").ToRandom();
        var points = 1 << Bits;
        var cube = new float[points * Bits];
        for (var i = 0; i < cube.Length; i++)
            cube[i] = (i / Bits >> i % Bits & 1) == 1 ? 1 : -1;
        var inputs = tensor(cube, points, Bits);
        using var generator = seed.Stream("teacher").ToGenerator();
        var clean = inputs.mv(randn(Bits, generator: generator)).gt(0).to(int64).data<long>().ToArray();
        var order = Enumerable.Range(0, points).ToArray();
        random.Shuffle(order);
        var training = order[..samples];
        long[] tossedEverywhere = [.. Enumerable.Range(0, points).Select(_ => (long)random.Next(2))];
        // The second world: the teacher's labels on the sample, coin tosses elsewhere.
        long[] tossed = [.. tossedEverywhere];
        foreach (var point in training)
            tossed[point] = clean[point];

        var first = Train(inputs, clean, training, networks, hidden, steps, seed.Stream("clean"));
        progress(0.33);
        var second = Train(inputs, tossed, training, networks, hidden, steps, seed.Stream("tossed"));
        progress(0.67);
        return new(first, second, Train(inputs, tossedEverywhere, training, networks, hidden, steps, seed.Stream("tossed training")));
    }

    private static World Train(Tensor inputs, long[] labels, int[] training, int networks, int hidden, int steps, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var ensemble = new MlpEnsemble(networks, [Bits, hidden, 2], seed.Stream("weights"), momentum: 0.9);
        var initial = ensemble.Weights.Select(weight => weight.clone()).ToList();
        long[] rows = [.. training.Select(point => (long)point)];
        var batches = Enumerable.Range(0, networks).Select(member => new ShuffledBatches(rows, Batch, seed.Stream($"batches {member}"))).ToArray();
        var all = tensor(labels);
        var indices = new long[networks * Batch];
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            for (var member = 0; member < networks; member++)
                batches[member].Next(indices.AsSpan(member * Batch, Batch));
            var chosen = tensor(indices);
            ensemble.Step(inputs.index_select(0, chosen).reshape(networks, Batch, Bits), all.index_select(0, chosen).reshape(networks, Batch), StepSize);
        }

        var seen = tensor(rows);
        var (seenInputs, seenLabels) = (inputs.index_select(0, seen), all.index_select(0, seen));
        var wrong = ensemble.Logits(inputs).argmax(2).ne(all).to(float64); // (M, 2^bits)
        var trainingErrors = wrong.index_select(1, seen).mean([1L]);
        var measures = Names.Select(_ => new double[networks]).ToArray();
        for (var member = 0; member < networks; member++)
        {
            var values = Measure(ensemble, initial, member, seenInputs, seenLabels, seed.Stream($"sharpness {member}"));
            for (var measure = 0; measure < values.Length; measure++)
                measures[measure][member] = values[measure];
        }
        return new(measures, (wrong.mean([1L]) - trainingErrors).data<double>().ToArray(), trainingErrors.mean().item<double>());
    }

    // #region measures
    private static double[] Measure(MlpEnsemble ensemble, List<Tensor> initial, int member, Tensor inputs, Tensor labels, Seed seed)
    {
        using var scope = NewDisposeScope();
        var weights = ensemble.Weights.Select(weight => weight[member]).ToList();
        var start = initial.Select(weight => weight[member]).ToList();
        var margins = GeneralizationMeasures.Margins(Logits(weights), labels);
        // The tenth percentile, so that one unlucky example does not decide; a negative margin leaves the measure undefined.
        var margin = Math.Max(1e-3, margins[margins.Length / 10]);
        return
        [
            GeneralizationMeasures.FrobeniusNorm(weights),
            GeneralizationMeasures.DistanceFromInitialization(weights, start),
            GeneralizationMeasures.SpectralProduct(weights),
            GeneralizationMeasures.PathNorm(weights),
            GeneralizationMeasures.SpectralComplexity(weights, start, margin),
            1 / margin,
            GeneralizationMeasures.Sharpness(weights, Loss, RelativeNoise, draws: 20, seed),
            Loss(weights),
        ];

        double Loss(IReadOnlyList<Tensor> perturbed)
        {
            using var inner = NewDisposeScope();
            return nn.functional.cross_entropy(Logits(perturbed), labels).item<float>();
        }

        Tensor Logits(IReadOnlyList<Tensor> layers) =>
            (inputs.mm(layers[0]) + ensemble.Biases[0][member]).relu().mm(layers[1]) + ensemble.Biases[1][member];
    }
    // #endregion measures
}
