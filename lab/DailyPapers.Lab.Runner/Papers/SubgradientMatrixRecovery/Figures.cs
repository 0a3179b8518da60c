using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.SubgradientMatrixRecovery;

/// <summary>The figures: geometric means over seeds for errors, means with 95 % bands for shares.</summary>
internal static class Figures
{
    private const int Every = 20;
    private static readonly string[] _widths = ["width r", "width 2r", "width d"];
    private static readonly Interval _share = new(0, 1);

    /// <summary>Every twentieth error, from the start's on.</summary>
    internal static double[] Thin(double[] errors) => [.. errors.Where((_, k) => k % Every == 0)];

    /// <summary>
    /// What least absolute deviations over matrices of rank r would err asymptotically: σ √(π/2) √(dof/m), with dr − r(r − 1)/2 degrees of freedom.
    /// </summary>
    internal static double LeastAbsolute(double deviation, (int Dimension, int Rank, int Ratio) size)
    {
        double freedom = size.Dimension * size.Rank - size.Rank * (size.Rank - 1) / 2.0;
        return deviation * Math.Sqrt(Math.PI / 2 * freedom / (size.Ratio * size.Dimension * size.Rank));
    }

    internal static void Draw(FigureSheet sheet)
    {
        DrawErrors(sheet);
        DrawSamples(sheet);
        DrawNoise(sheet);
    }

    private static void DrawErrors(FigureSheet sheet)
    {
        var curves = new Chart("steps", new Axis("relative error", Logarithmic: true)) { Heading = "30 % outliers, 1000 times as large" };
        for (var k = 0; k < _widths.Length; k++)
        {
            var series = sheet.Series($"curve-{k}");
            GeometricMean(curves, [.. Enumerable.Range(0, series[0].Length).Select(i => (double)Every * i)], series, _widths[k]);
        }
        var starts = new Chart(
            new Axis("size of the start α", Logarithmic: true, Minimum: 8e-7, Maximum: 0.125), new Axis("final relative error", Logarithmic: true))
        { Heading = "10 % outliers, 10 times as large" };
        GeometricMean(starts, Experiments.Starts, sheet.Series("start-wide"), "width d");
        GeometricMean(starts, Experiments.Starts, sheet.Series("start-exact"), "width r");
        sheet.Add(
            [curves, starts], "errors.svg", "Recovery despite outliers, and what the start decides",
            "Two charts with logarithmic error. Left: errors by step for three widths stay at one, fall steeply, and then fall along one line. Right: the final error of width d rises with the size of the start, that of width r is flat.",
            "Geometric means over seeds with 95 % bands. Steps shrink geometrically; the last has a length of about 4e-8, which is the floor.");
    }

    private static void DrawSamples(FigureSheet sheet)
    {
        var needed = new Chart(new Axis("m / (d r)", Minimum: 1.3, Maximum: 8.2), new Axis("share of recoveries", Minimum: 0, Maximum: 1.02)) { Heading = "10 % outliers" };
        needed.SeedMean(Experiments.SampleRatios, sheet.Series("success-exact"), "width r", _share);
        needed.SeedMean(Experiments.SampleRatios, sheet.Series("success-wide"), "width d", _share);
        needed.HorizontalRule(0.9, "90 %");
        var diagram = new Chart("m / (d r)", "share of outliers") { Heading = "width d" };
        var (columns, rows) = (Experiments.DiagramRatios, Experiments.DiagramShares);
        var mean = SeedStatistics.MeanCurve(sheet.Series("diagram"));
        var values = new double[rows.Length, columns.Length];
        for (var k = 0; k < mean.Length; k++)
            values[k / columns.Length, k % columns.Length] = mean[k];
        diagram.HeatMap(columns, rows, values, "share of recoveries", range: _share);
        sheet.Add(
            [needed, diagram], "samples.svg", "Measurements needed",
            "Left: the share of recoveries rises from none to all between two and six times dr measurements, on the same curve for both widths. Right: a heat map; more outliers need more measurements.",
            "A recovery has a relative error of at most 0.01. Left: means over seeds with 95 % bands, both widths on the same data. Right: outliers ten times as large, mean over seeds.");
    }

    private static void DrawNoise(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("d r / m", Logarithmic: true, Minimum: 0.028, Maximum: 0.14), new Axis("relative error, width d", Logarithmic: true));
        foreach (var (d, r) in Experiments.NoiseSizes.Select(size => (size.Dimension, size.Rank)).Distinct())
        {
            var places = Enumerable.Range(0, Experiments.NoiseSizes.Length).Where(k => Experiments.NoiseSizes[k].Dimension == d && Experiments.NoiseSizes[k].Rank == r).ToArray();
            GeometricMean(
                chart, [.. places.Select(k => 1.0 / Experiments.NoiseSizes[k].Ratio)],
                [.. sheet.Series("noise-wide").Select(errors => places.Select(k => errors[k]).ToArray())], $"d = {d}, r = {r}");
        }
        double[] ends = [1.0 / 32, 1.0 / 8];
        chart.Line(ends, [.. ends.Select(x => sheet.Setting.Real("noise") * Math.Sqrt(Math.PI / 2 * x))], "σ √(π/2) √(dr/m)");
        sheet.Add(
            chart, "noise.svg", "Gaussian noise",
            "Log-log chart of relative error against dr/m for four pairs of d and r; all lie close to one line of slope one half.",
            "Geometric means over seeds with 95 % bands; the line is the asymptotic error of least absolute deviations with dr free numbers.");
    }

    private static void GeometricMean(Chart chart, double[] xs, IReadOnlyList<double[]> seeds, string label)
    {
        var columns = Enumerable.Range(0, xs.Length).Select(i => seeds.Select(seed => Math.Log(Math.Max(1e-12, seed[i]))).ToArray()).ToArray();
        var bands = columns.Select(column => SeedStatistics.StudentInterval(column) ?? new Interval(column[0], column[0])).ToArray();
        chart.LineWithBand(
            xs, [.. columns.Select(column => Math.Exp(SeedStatistics.Mean(column)))],
            [.. bands.Select(band => Math.Exp(band.Lower))], [.. bands.Select(band => Math.Exp(band.Upper))], label);
    }
}
