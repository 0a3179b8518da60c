using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.StripMlp;

/// <summary>The figures: accuracy by the number of images, the ablations, and who sees whom.</summary>
internal static class Figures
{
    private static readonly string[] _names = ["full", "row and column", "no neighbours", "parallel", "no local mixing", "strip at 8 × 8 only", "strip at 4 × 4 only"];

    internal static void Draw(FigureSheet sheet)
    {
        var train = sheet.Setting.Whole("train");
        double[] sizes = [train / 4, train];
        var accuracy = new Chart(new Axis("training images", Minimum: sizes[0] - 10, Maximum: train + 10), "test accuracy (%)");
        accuracy.SeedMean(sizes, sheet.Series("digits-by-size-strip"), "strip mixing", new Interval(0, 100));
        accuracy.SeedMean(sizes, sheet.Series("digits-by-size-row-column"), "row and column mixing", new Interval(0, 100));
        sheet.Add(
            accuracy, "accuracy.svg", "Test accuracy by the number of training images",
            $"Line chart of test accuracy on the moved digits against the number of training images, for strip mixing and for row and column mixing. At {train} images they reach {sheet.Mean("digits-accuracy-strip"):F1} and {sheet.Mean("digits-accuracy-row-column"):F1} percent.",
            "Means over seeds with 95 % bands; the same number of parameters and of steps.");

        var accuracies = sheet.Series("digits-accuracies");
        var differences = accuracies.Select(values => values.Select(value => value - values[0]).ToArray()).ToArray();
        var ablations = new Chart(
            Axis.Around("accuracy less that of the full method, each seed (points)", [.. differences.SelectMany(values => values)]),
            new Axis("variant, top to bottom as in the legend", Minimum: 0, Maximum: _names.Length));
        for (var variant = 1; variant < _names.Length; variant++)
            ablations.Points([.. differences.Select(values => values[variant])], [.. differences.Select(_ => (double)(_names.Length - variant))], _names[variant]);
        ablations.VerticalRule(0, "full");
        sheet.Add(
            ablations, "ablations.svg", "What other mixers lose, seed by seed",
            "Points on six horizontal lines, one line a variant and one point a seed: test accuracy on the digits less that of the full method, whose place is a dotted line at zero.",
            "From the top in the order of the legend. All variants have the full method's number of parameters, by a wider channel mixing.");

        sheet.Add(
            [Field(sheet, "cascade-field", "rows, then columns"), Field(sheet, "parallel-field", "rows and columns in parallel")],
            "receptive-field.svg", "What the middle of the map sees after one module",
            "Two heat maps of 14 by 14 positions. With the cascade every position has a gradient; with rows and columns in parallel only a cross of three rows and three columns through the middle has one.",
            "Absolute gradient of the middle position, of untrained modules, mean over seeds; colours follow the logarithm, white is exactly zero.");
    }

    // Charts have their origin below, so rows are turned round.
    private static Chart Field(FigureSheet sheet, string series, string heading)
    {
        const int side = ExactChecks.Side;
        var field = SeedStatistics.MeanCurve(sheet.Series(series));
        var values = new double[side, side];
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                values[side - 1 - row, column] = field[row * side + column] > 0 ? field[row * side + column] : double.NaN;
        double[] centres = [.. Enumerable.Range(0, side).Select(i => i + 0.5)];
        var chart = new Chart("column (positions)", "row from below (positions)") { Heading = heading };
        chart.HeatMap(centres, centres, values, "gradient", logarithmic: true);
        return chart;
    }
}
