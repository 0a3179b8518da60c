using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.StripMlp;

/// <summary>The figures: accuracy by the number of images, the ablations, and who sees whom.</summary>
internal static class Figures
{
    // In the order of Mixer.All, whose first is the full method.
    private static readonly string[] _variants = ["row and column", "no neighbours", "parallel", "no local mixing", "strip at 8 × 8 only", "strip at 4 × 4 only"];

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

        Ablations(sheet);

        sheet.Add(
            [Field(sheet, "cascade-field", "rows, then columns"), Field(sheet, "parallel-field", "rows and columns in parallel")],
            "receptive-field.svg", "What the middle of the map sees after one module",
            "Two heat maps of 14 by 14 positions. With the cascade every position has a gradient; with rows and columns in parallel only a cross of three rows and three columns through the middle has one.",
            "Absolute gradient of the middle position, of untrained modules, mean over seeds; colours follow the logarithm, white is exactly zero.");
    }

    private static void Ablations(FigureSheet sheet)
    {
        var differences = sheet.Series("digits-accuracies").Select(values => values[1..].Select(value => value - values[0]).ToArray()).ToArray();
        // The first variant stands at the top.
        double[] places = [.. Enumerable.Range(1, _variants.Length).Select(number => (double)_variants.Length - number)];
        var chart = new Chart(
            Axis.Around("accuracy less that of the full method (points)", [.. differences.SelectMany(values => values)]),
            Axis.OfCategories("", [.. _variants.Reverse()]));
        chart.Points([.. differences.SelectMany(values => values)], [.. differences.SelectMany(_ => places)], "one seed");
        chart.Points(SeedStatistics.MeanCurve(differences), places, "mean");
        chart.VerticalRule(0, "full");
        sheet.Add(
            chart, "ablations.svg", "What other mixers lose, seed by seed",
            "Points on six horizontal lines, one line a variant and one point a seed, with their mean: test accuracy on the digits less that of the full method, whose place is a dotted line at zero.",
            "All variants have the full method's number of parameters, by a wider channel mixing.");
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
