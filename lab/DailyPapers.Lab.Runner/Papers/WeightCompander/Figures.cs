using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Generalization.WeightCompander;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.WeightCompander;

/// <summary>The figures: the function, the weights, and the differences seed by seed.</summary>
internal static class Figures
{
    private const int Bins = 60;
    private const long Range = 4;

    /// <summary>The density of a network's weights, each layer in its own standard deviations, the layers alike.</summary>
    internal static double[] Density(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var layers = WeightStatistics.Weights(network).ToList();
        var density = new double[Bins];
        foreach (var layer in layers)
        {
            var counts = (layer / layer.std()).histc(Bins, -Range, Range).to(float64).data<double>().ToArray();
            for (var bin = 0; bin < Bins; bin++)
                density[bin] += counts[bin] / layer.numel() / layers.Count * Bins / (2.0 * Range);
        }
        return density;
    }

    internal static void Draw(FigureSheet sheet)
    {
        sheet.Add(
            [Function(sheet), Slope(sheet)], "function.svg", "The compander and its slope",
            "Two line charts against the trained value v. The weight follows an arctangent, steeper than the identity at zero and flat far out; the slope falls from a maximum at zero and crosses one on both sides.",
            "v and w in standard deviations of a layer's initial weights, at the declared κ and slope.");

        double[] centres = [.. Enumerable.Range(0, Bins).Select(bin => -Range + (bin + 0.5) * 2.0 * Range / Bins)];
        var weights = new Chart("weight (standard deviations of its layer)", new Axis("density", Minimum: 0));
        weights.SeedMean(centres, sheet.Series("plain-density"), "plain", new Interval(0, 10));
        weights.SeedMean(centres, sheet.Series("compander-density"), "compander", new Interval(0, 10));
        sheet.Add(
            weights, "weights.svg", "Weights after training",
            $"Two densities of the trained weights, for plain weights and for the compander. Within a tenth of a standard deviation of zero lie {100 * sheet.Mean("plain-near-zero"):F1} percent of the plain weights and {100 * (sheet.Mean("plain-near-zero") + sheet.Mean("near-zero-difference")):F1} percent of the others.",
            "Networks on the digits; mean of three layers, mean over seeds with 95 % bands.");

        string[] metrics = ["digits-gain", "mixture-gain", "learnt-gain", "digits-gain-over-larger-step"];
        string[] names = ["digits: compander less plain", "Gaussian classes: compander less plain", "digits: learnt less fixed", "digits: compander less plain at a larger step"];
        var values = metrics.Select(metric => sheet.Seeds.Select(seed => seed.Metrics[metric]).ToArray()).ToArray();
        var differences = new Chart(
            Axis.Around("difference of test accuracy, each seed (points)", [0, .. values.SelectMany(seeds => seeds)]),
            Axis.OfCategories("", [.. names.Reverse()]));
        for (var i = 0; i < metrics.Length; i++)
            differences.Points(values[i], [.. values[i].Select(_ => metrics.Length - 1.0 - i)], "");
        differences.VerticalRule(0, "equal");
        sheet.Add(
            differences, "differences.svg", "Differences of test accuracy, seed by seed",
            "Points on four horizontal lines, one line a comparison and one point a seed: paired differences of test accuracy, with a dotted line at zero.",
            "Same data, initial weights and batches in a pair. The larger step is the compander's times the squared slope.");
    }

    private static Chart Function(FigureSheet sheet)
    {
        var (xs, chart) = (Grid(), new Chart("v (initial standard deviations)", "w (initial standard deviations)"));
        chart.Line(xs, [.. xs.Select(v => Kappa(sheet) * Math.Atan(v / Width(sheet)))], "a arctan(v / b)");
        chart.Line(xs, xs, "identity");
        return chart;
    }

    private static Chart Slope(FigureSheet sheet)
    {
        var (xs, chart) = (Grid(), new Chart("v (initial standard deviations)", new Axis("dw/dv", Minimum: 0)));
        chart.Line(xs, [.. xs.Select(v => Kappa(sheet) * Width(sheet) / (Width(sheet) * Width(sheet) + v * v))], "a b / (b² + v²)");
        chart.HorizontalRule(1, "identity");
        return chart;
    }

    private static double[] Grid() => [.. Enumerable.Range(0, 121).Select(i => -6 + i * 0.1)];

    private static double Kappa(FigureSheet sheet) => sheet.Setting.Real("kappa");

    private static double Width(FigureSheet sheet) => Kappa(sheet) / sheet.Setting.Real("slope");
}
