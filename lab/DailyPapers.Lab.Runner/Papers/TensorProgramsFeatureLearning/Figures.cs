using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.TensorProgramsFeatureLearning;

/// <summary>The figures: means over seeds with 95 % bands.</summary>
internal static class Figures
{
    internal const int GlyphRows = 4, GlyphColumns = 4;

    internal static void Draw(FigureSheet sheet)
    {
        DrawChanges(sheet);
        DrawDistances(sheet);
        DrawFewShot(sheet);
        DrawGlyphs(sheet);
        DrawEmbeddings(sheet);
    }

    private static void DrawChanges(FigureSheet sheet)
    {
        var widths = sheet.Series("change-widths")[0];
        var chart = new Chart(new Axis("width n", Logarithmic: true), new Axis("movement of the last hidden layer (root mean square)", Logarithmic: true));
        foreach (var (series, name) in new[] { ("mup", "µP"), ("ntk", "NTK parametrization"), ("standard", "standard, rate ∝ 1/n") })
            chart.SeedGeometricMean(widths, sheet.Series($"change-{series}"), name);
        // One line for both kernel parametrizations, anchored below the lower of them.
        var anchor = 0.7 * Math.Min(SeedStatistics.MeanCurve(sheet.Series("change-ntk"))[0], SeedStatistics.MeanCurve(sheet.Series("change-standard"))[0]);
        chart.Line(widths, [.. widths.Select(width => anchor * Math.Sqrt(widths[0] / width))], "slope −1/2");
        sheet.Add(
            chart, "feature-change.svg", "Who learns features",
            "Line chart on logarithmic axes of the last hidden layer's movement against the width. The curve of the maximal update parametrization is flat; those of the NTK and the standard parametrization fall in parallel to a line of slope minus one half.",
            $"Two hidden layers, tanh, {FeatureChange.Steps} steps of gradient descent on random targets. Geometric means over seeds with 95 % bands.");
    }

    private static void DrawDistances(FigureSheet sheet)
    {
        var widths = sheet.Series("limit-widths")[0];
        var chart = new Chart(new Axis("width n", Logarithmic: true), new Axis("largest distance from the µP limit", Logarithmic: true));
        chart.SeedGeometricMean(widths, sheet.Series("distance-mup"), "µP");
        chart.SeedGeometricMean(widths, sheet.Series("distance-ntk"), "NTK parametrization, best of five rates");
        var anchor = 0.6 * SeedStatistics.MeanCurve(sheet.Series("distance-mup"))[0];
        chart.Line(widths, [.. widths.Select(width => anchor * Math.Sqrt(widths[0] / width))], "slope −1/2");
        sheet.Add(
            chart, "limit.svg", "Finite networks and the exact limit",
            "Line chart on logarithmic axes of the distance from the exact infinite-width limit against the width. Networks in the maximal update parametrization approach it along slope minus one half; networks in the NTK parametrization stay away.",
            $"Linear networks after {LimitConvergence.Steps} steps; largest distance over training examples and outputs. Geometric means over seeds with 95 % bands.");
    }

    private static void DrawFewShot(FigureSheet sheet)
    {
        double[] widths = [.. FewShotExperiment.Widths];
        (string Label, string Metric)[] levels =
        [
            ("µP limit", "limit-accuracy"), ("NTK limit, ReLU", "ntk-accuracy"), ("GP limit, ReLU", "gp-accuracy"), ("kernel limit, linear", "linear-kernel-accuracy"),
        ];
        var chart = new Chart(
            new Axis("width n", Logarithmic: true),
            Axis.Around("accuracy on unseen glyphs (%)", [.. sheet.Series("few-shot").SelectMany(values => values), .. levels.Select(level => sheet.Mean(level.Metric))]));
        chart.SeedMean(widths, sheet.Series("few-shot"), "µP networks", new Interval(0, 100));
        foreach (var (label, metric) in levels)
            chart.Line([widths[0], widths[^1]], [sheet.Mean(metric), sheet.Mean(metric)], label);
        sheet.Add(
            chart, "few-shot.svg", "Few-shot accuracy by width",
            "Line chart of five-way one-shot accuracy against the width. The curve of networks in the maximal update parametrization rises to the level of their limit, above the levels of three kernel limits.",
            $"5-way 1-shot, classes not seen in meta-training, {FewShotExperiment.TestSteps} steps of adaptation. Means over seeds, networks with a 95 % band; guessing gives 20 %.");
    }

    private static void DrawGlyphs(FigureSheet sheet) => sheet.Add(
        [Mosaic(sheet.Seeds[0].Series["clean-glyphs"], "without noise"), Mosaic(sheet.Seeds[0].Series["glyphs"], "as they are learned from")],
        "glyphs.svg", "The synthetic glyphs",
        "Two grids of small images, one letter-like shape of three strokes a row; examples in a row are turned, stretched and shifted copies. In the second grid noise covers them.",
        $"Four classes in rows, four examples of each; seed {sheet.Seeds[0].Seed}. The second grid has other examples of the same classes, less the mean image.");

    // A gap around each image; charts have their origin below, so rows are turned round.
    private static Chart Mosaic(double[] pixels, string heading)
    {
        var side = (int)Math.Round(Math.Sqrt(pixels.Length / (double)(GlyphRows * GlyphColumns)));
        int pitch = side + 1, height = GlyphRows * pitch + 1, width = GlyphColumns * pitch + 1;
        var values = new double[height, width];
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
                values[row, column] = double.NaN;
        for (var i = 0; i < pixels.Length; i++)
        {
            var (glyph, pixel) = (i / (side * side), i % (side * side));
            values[height - 2 - (glyph / GlyphColumns * pitch + pixel / side), glyph % GlyphColumns * pitch + 1 + pixel % side] = pixels[i];
        }
        var chart = new Chart("column (pixels)", "row from below (pixels)") { Heading = heading };
        chart.HeatMap([.. Enumerable.Range(0, width).Select(i => i + 0.5)], [.. Enumerable.Range(0, height).Select(i => i + 0.5)], values, "ink, scaled");
        return chart;
    }

    private static void DrawEmbeddings(FigureSheet sheet)
    {
        var widths = sheet.Series("tangent-widths")[0];
        var chart = new Chart(new Axis("width n", Logarithmic: true), new Axis("neighbours of the same topic (%)", Minimum: 0, Maximum: 102));
        chart.SeedMean([.. EmbeddingExperiment.Widths], sheet.Series("purity-mup"), "µP networks", new Interval(0, 100));
        chart.SeedMean(widths, sheet.Series("purity-tangent"), "NTK parametrization", new Interval(0, 100));
        chart.SeedMean(widths, [.. sheet.Seeds.Select(seed => widths.Select(_ => seed.Metrics["purity-limit"]).ToArray())], "µP limit", new Interval(0, 100));
        chart.HorizontalRule(sheet.Mean("purity-untrained"), "untrained");
        sheet.Add(
            chart, "embeddings.svg", "Word embeddings by width",
            "Line chart of the share of a word's nearest neighbours that belong to its topic against the width. It rises towards the level of the exact limit for networks in the maximal update parametrization, and falls towards the untrained level in the NTK parametrization.",
            $"Share among the {EmbeddingExperiment.Neighbours} nearest neighbours by cosine, {EmbeddingExperiment.Topics} topics, at the learning rate of least loss on text held out. Means over seeds with 95 % bands.");
    }
}
