namespace DailyPapers.Lab.Runner.Papers.MoreIsBetter;

/// <summary>
/// The paper's Section 4 in simulation: theory against random features (claim 1), and what more data and more features do at a
/// tuned and at a fixed ridge (claim 2).
/// </summary>
internal static class FeatureExperiments
{
    /// <summary>The ridge of curves and heat map that nobody tuned.</summary>
    internal const double FixedRidge = 0.01;

    private const int HeatCells = 14;

    private static readonly double[] _comparedRidges = [0.01, 0.1, 1];

    // 10^-3 to 10^2, eight a decade; the ninth is the fixed ridge.
    private static readonly double[] _tuningRidges = [.. Enumerable.Range(0, 41).Select(i => Math.Pow(10, -3 + i / 8.0))];

    /// <summary>Sizes n and k of the comparison with theory.</summary>
    internal static int[] ComparedSizes(int largest) => [largest / 4, largest / 2, largest];

    /// <summary>Sizes of the curves; the size that stays fixed is <paramref name="largest"/>/4.</summary>
    internal static int[] CurveSizes(int largest) => [largest / 32, largest / 16, largest / 8, largest / 4, largest / 2, largest];

    /// <summary>Log-spaced sizes n and k of the heat map.</summary>
    internal static int[] HeatSizes(int largest) =>
        [.. Enumerable.Range(0, HeatCells).Select(i => (int)Math.Round(largest / 40.0 * Math.Pow(40, i / (HeatCells - 1.0))))];

    /// <summary>
    /// Relative deviations, |measured/predicted − 1|, of test and train errors averaged over draws, in each cell of the grid of
    /// n, k and ridge: from the eigenframework, and from kernel ridge theory, which takes k for infinite.
    /// </summary>
    internal static (double[] Eigenframework, double[] KernelTheory) Deviations(
        FeatureTask task, int largest, int draws, Seed seed, CancellationToken cancellation)
    {
        var cells = (from n in ComparedSizes(largest) from k in ComparedSizes(largest) select (n, k)).ToArray();
        var test = new double[cells.Length, _comparedRidges.Length];
        var train = new double[cells.Length, _comparedRidges.Length];
        for (var draw = 0; draw < draws; draw++)
        {
            using var features = task.Draw(largest, largest, seed.Stream($"draw {draw}"));
            for (var cell = 0; cell < cells.Length; cell++)
            {
                cancellation.ThrowIfCancellationRequested();
                var errors = features.Errors(cells[cell].n, cells[cell].k, _comparedRidges);
                for (var ridge = 0; ridge < _comparedRidges.Length; ridge++)
                {
                    test[cell, ridge] += errors.Test[ridge] / draws;
                    train[cell, ridge] += errors.Train[ridge] / draws;
                }
            }
        }

        double[] From(Func<int, double> features) => [..
            from cell in Enumerable.Range(0, cells.Length)
            from ridge in Enumerable.Range(0, _comparedRidges.Length)
            let predicted = task.Theory.Predict(cells[cell].n, features(cells[cell].k), _comparedRidges[ridge])
            from deviation in new[] { test[cell, ridge] / predicted.TestError - 1, train[cell, ridge] / predicted.TrainError - 1 }
            select Math.Abs(deviation)];

        return (From(k => k), From(_ => double.PositiveInfinity));
    }

    /// <summary>Test errors along n at a fixed k, and along k at a fixed n.</summary>
    internal static (SizeCurve AlongSamples, SizeCurve AlongFeatures) Curves(
        FeatureTask task, int largest, int draws, Seed seed, CancellationToken cancellation)
    {
        var sizes = CurveSizes(largest);
        var alongSamples = new double[sizes.Length][][];
        var alongFeatures = new double[sizes.Length][][];
        for (var i = 0; i < sizes.Length; i++)
            (alongSamples[i], alongFeatures[i]) = (new double[draws][], new double[draws][]);
        for (var draw = 0; draw < draws; draw++)
        {
            using var features = task.Draw(largest, largest, seed.Stream($"draw {draw}"));
            for (var i = 0; i < sizes.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                alongSamples[i][draw] = features.Errors(sizes[i], largest / 4, _tuningRidges).Test;
                alongFeatures[i][draw] = features.Errors(largest / 4, sizes[i], _tuningRidges).Test;
            }
        }

        var fixedRidge = Array.IndexOf(_tuningRidges, FixedRidge);
        return (new SizeCurve(alongSamples, fixedRidge), new SizeCurve(alongFeatures, fixedRidge));
    }

    /// <summary>One draw's test error on the heat map's grid, row by row of n: at the fixed ridge, and at the ridge that theory calls optimal.</summary>
    internal static (double[] Fixed, double[] Tuned) HeatMap(FeatureTask task, int largest, Seed seed, CancellationToken cancellation)
    {
        var sizes = HeatSizes(largest);
        using var features = task.Draw(largest, largest, seed);
        List<double> atFixed = [], tuned = [];
        foreach (var n in sizes)
        {
            foreach (var k in sizes)
            {
                cancellation.ThrowIfCancellationRequested();
                var optimal = task.Theory.PredictAtOptimalRidge(n, k).Ridge;
                var errors = features.Errors(n, k, [FixedRidge, optimal]).Test;
                atFixed.Add(errors[0]);
                tuned.Add(errors[1]);
            }
        }

        return ([.. atFixed], [.. tuned]);
    }

    /// <summary>
    /// Number of neighbouring pairs on the heat map's grid at which theory's test error at the optimal ridge fails to fall when
    /// n or k grows.
    /// </summary>
    internal static int TheoryViolations(FeatureTask task, int largest)
    {
        var sizes = HeatSizes(largest);
        var errors = sizes.Select(n => sizes.Select(k => task.Theory.PredictAtOptimalRidge(n, k).TestError).ToArray()).ToArray();
        var violations = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            for (var j = 0; j < sizes.Length; j++)
            {
                if (i > 0 && errors[i][j] >= errors[i - 1][j])
                    violations++;
                if (j > 0 && errors[i][j] >= errors[i][j - 1])
                    violations++;
            }
        }

        return violations;
    }
}
