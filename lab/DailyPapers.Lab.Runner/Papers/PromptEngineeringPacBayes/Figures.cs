using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.PromptEngineeringPacBayes;

/// <summary>The figures: means over seeds with 95 % bands.</summary>
internal static class Figures
{
    internal static readonly string[] Curves = ["true error", "bound, language model", "the same by Seeger", "bound, uniform prior"];

    internal static void Draw(FigureSheet sheet)
    {
        sheet.Add(
            [SizePanel(sheet, "handmade", "hand-made prompts"), SizePanel(sheet, "penalised", "prompts searched for the bound")],
            "bounds.svg", "Bounds by the number of examples",
            "Two line charts of the true error and three bounds on it against the number of training examples. All bounds fall towards the true error; the one with the language model lies below the one with the uniform prior, and Seeger's below both.",
            "Means over seeds with 95 % bands; δ = 0.05. The number of examples has a logarithmic axis.");

        var (bounds, truths) = (sheet.Seeds[0].Series["scatter-bound"], sheet.Seeds[0].Series["scatter-true"]);
        double[] lower = [.. truths.Select(value => 100 * value)], upper = [.. bounds.Select(value => 100 * value)];
        var scatter = new Chart(Axis.Around("true error (%)", [.. lower, .. lower]), Axis.Around("bound (%)", [.. lower, .. upper]));
        scatter.Points(lower[..^2], upper[..^2], "written prompts");
        scatter.Points(lower[^2..^1], upper[^2..^1], "greedy");
        scatter.Points(lower[^1..], upper[^1..], "searched for the bound");
        scatter.Line([lower.Min(), lower.Max()], [lower.Min(), lower.Max()], "bound = true error");
        sheet.Add(
            scatter, "selection.svg", "The bound ranks prompts",
            "Scatter plot of the bound against the true error for some forty sets of prompts. Points rise to the right and lie above the diagonal by a few percentage points.",
            $"One resample of n = {sheet.Setting.Whole("n"):#,0} examples, seed {sheet.Seeds[0].Seed}; a point is a set of prompts, one for each class.");

        var noise = new Chart(new Axis("examples with random labels", Logarithmic: true), new Axis("training error (%)", Minimum: 0, Maximum: 95));
        double[] sizes = [.. RandomLabels.Sizes];
        noise.SeedMean(sizes, sheet.Series("noise-prompts"), "greedy prompts", new Interval(0, 100));
        noise.SeedMean(sizes, sheet.Series("noise-network"), "perceptron on image vectors", new Interval(0, 100));
        noise.HorizontalRule(90, "guessing");
        sheet.Add(
            noise, "random-labels.svg", "Fitting random labels",
            "Line chart of the training error on random labels against the number of examples. Prompts stay near the error of guessing, the more so the more examples; a perceptron on the same vectors fits them.",
            "Means over seeds with 95 % bands; ten classes.");

        sheet.Add(
            Mosaic(sheet.Seeds[0].Series["pictures"]), "pictures.svg", "The classes of the task",
            "Ten small pictures with noise, each of one shape in one quarter.",
            $"One picture of each class: disc, ring, square, cross and triangle, each in two of the four quarters; seed {sheet.Seeds[0].Seed}.");
    }

    private static Chart SizePanel(FigureSheet sheet, string prompts, string heading)
    {
        double[] sizes = [.. Reproduction.Sizes];
        var panel = new Chart(new Axis("training examples n", Logarithmic: true), new Axis("error (%)", Minimum: 0, Maximum: 100)) { Heading = heading };
        for (var curve = 0; curve < Curves.Length; curve++)
            panel.SeedMean(sizes, sheet.Series($"size-{prompts}-{curve}"), Curves[curve], new Interval(0, 100));
        return panel;
    }

    // Two rows of five pictures with a gap around each; charts have their origin below, so rows are turned round.
    private static Chart Mosaic(double[] pixels)
    {
        const int columns = 5, side = CaptionedShapes.Side, pitch = side + 1, height = PromptTask.Classes / columns * pitch + 1, width = columns * pitch + 1;
        var values = new double[height, width];
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
                values[row, column] = double.NaN;
        for (var i = 0; i < pixels.Length; i++)
        {
            var (picture, pixel) = (i / (side * side), i % (side * side));
            values[height - 2 - (picture / columns * pitch + pixel / side), picture % columns * pitch + 1 + pixel % side] = pixels[i];
        }
        var chart = new Chart("column (pixels)", "row from below (pixels)");
        chart.HeatMap([.. Enumerable.Range(0, width).Select(i => i + 0.5)], [.. Enumerable.Range(0, height).Select(i => i + 0.5)], values, "ink");
        return chart;
    }
}
