using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.DataDiet;

/// <summary>The figures: means over seeds with 95 % bands.</summary>
internal static class Figures
{
    private const int Bins = 40;

    private static readonly double _largestScore = Math.Sqrt(2);
    private static readonly string[] _names = ["random", "EL2N", "GraNd", "forgetting", "GraNd at init"];

    /// <summary>Histogram of EL2N scores as a density.</summary>
    internal static double[] Density(double[] scores)
    {
        var density = new double[Bins];
        foreach (var score in scores)
            density[Math.Min(Bins - 1, (int)(score / _largestScore * Bins))] += Bins / _largestScore / scores.Length;
        return density;
    }

    internal static void Draw(FigureSheet sheet)
    {
        var floor = Math.Floor(sheet.Series("whole").Average(values => values[0])) - 6;
        sheet.Add(
            [AccuracyPanel(sheet, 0, null, "all shares"), AccuracyPanel(sheet, 2, floor, "from 0.3 on")],
            "accuracy.svg", "Test accuracy by the share kept",
            "Two line charts of test accuracy against the share of examples kept, for random pruning and four scores, with a dotted line for the whole data set; the second shows the upper end. EL2N is far below random pruning when a tenth is kept and above it from 0.3 on.",
            "Means over seeds with 95 % bands. Every network was trained for the same number of steps. Examples of largest score are kept.");

        double[] centres = [.. Enumerable.Range(0, Bins).Select(bin => (bin + 0.5) * _largestScore / Bins)];
        var noise = new Chart("EL2N after a tenth of training", new Axis("density", Minimum: 0));
        noise.SeedMean(centres, sheet.Series("right-density"), "right labels", new Interval(0, 1e9));
        noise.SeedMean(centres, sheet.Series("wrong-density"), "wrong labels", new Interval(0, 1e9));
        sheet.Add(
            noise, "noisy-labels.svg", "EL2N of right and of wrong labels",
            "Two densities of the score. Right labels gather at small scores; wrong ones at scores near the largest possible, the square root of two.",
            "Means over seeds with 95 % bands; every label is wrong with the declared probability.");

        var networks = sheet.Series("between-networks");
        var stability = new Chart(new Axis("K, networks averaged", Minimum: 0.8, Maximum: networks[0].Length + 0.2), new Axis("Spearman's rho", Maximum: 1));
        stability.SeedMean([.. Enumerable.Range(1, networks[0].Length).Select(k => (double)k)], networks, "K networks against K others", new Interval(-1, 1));
        sheet.Add(
            stability, "stability.svg", "Averaging over networks makes the score stable",
            "Line chart of the rank correlation between EL2N scores of two groups of networks against the size of the groups; it rises towards one.",
            "Mean over seeds with a 95 % band; scores after a tenth of training.");

        sheet.Add(
            [Mosaic(sheet.Seeds[0].Series["least"], "least EL2N"), Mosaic(sheet.Seeds[0].Series["greatest"], "greatest EL2N")],
            "digits.svg", "Digits of least and of greatest score",
            "Two grids of 24 handwritten digits. Those of least score are cleanly written; those of greatest score are hard to read.",
            $"Seed {sheet.Seeds[0].Seed}; scores of fully connected networks after a tenth of training, greatest at the lower right.");
    }

    // Four rows of six digits with a gap around each; charts have their origin below, so rows are turned round.
    private static Chart Mosaic(double[] pixels, string heading)
    {
        const int columns = 6, pitch = Digits.Side + 1, width = columns * pitch + 1, height = DigitsTransfer.Shown / columns * pitch + 1;
        var values = new double[height, width];
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
                values[row, column] = double.NaN;
        for (var i = 0; i < pixels.Length; i++)
        {
            var (digit, pixel) = (i / (Digits.Side * Digits.Side), i % (Digits.Side * Digits.Side));
            values[height - 2 - (digit / columns * pitch + pixel / Digits.Side), digit % columns * pitch + 1 + pixel % Digits.Side] = pixels[i];
        }
        var chart = new Chart("column (pixels)", "row from below (pixels)") { Heading = heading };
        chart.HeatMap([.. Enumerable.Range(0, width).Select(i => i + 0.5)], [.. Enumerable.Range(0, height).Select(i => i + 0.5)], values, "ink", range: new Interval(0, 1));
        return chart;
    }

    // The whole range, or the end where methods lie within a few points of each other.
    private static Chart AccuracyPanel(FigureSheet sheet, int from, double? lowest, string heading)
    {
        var fractions = PruningExperiment.Fractions[from..];
        var panel = new Chart(
            new Axis("share of the examples kept", Minimum: fractions[0] - 0.02, Maximum: 0.72), new Axis("test accuracy (%)", Minimum: lowest, Maximum: lowest is null ? 100 : null))
        { Heading = heading };
        for (var method = 0; method < PruningExperiment.Methods.Length; method++)
            panel.SeedMean(
                fractions, [.. sheet.Series(PruningExperiment.Methods[method]).Select(values => values[from..])], _names[method], new Interval(0, 100));
        panel.HorizontalRule(sheet.Series("whole").Average(values => values[0]), "all examples");
        return panel;
    }
}
