using DailyPapers.Lab.Data;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.ScalableNeuralNetworkKernels;

/// <summary>The figures.</summary>
internal static class Figures
{
    internal static void Draw(FigureSheet sheet)
    {
        sheet.Add(
            [ErrorPanel(sheet, "sin", "sin"), ErrorPanel(sheet, "relu", "arc-cosine kernel")],
            "kernel-error.svg", "Mean squared error of the kernel by the number of directions",
            "Two charts with logarithmic axes of the mean squared error against the number of directions, for sin and for the arc-cosine kernel. All curves fall in straight lines of slope minus one; orthogonal directions lie below independent ones.",
            "Geometric means over seeds with 95 % bands; 32 pairs of about unit length in 16 dimensions.");
        if (FashionMnist.FindFolder() is null)
            return;
        sheet.Add(
            [
                AccuracyPanel(sheet, "perceptrons", [("mlp", "plain"), ("kernel-mlp", "kernel"), ("narrow-mlp", "plain, narrow")], "trained parameters"),
                AccuracyPanel(sheet, "adapters", [("plain", "plain"), ("kernel", "kernel"), ("small", "plain, narrow")], "parameters of the adapters"),
            ],
            "accuracy.svg", "Test accuracy by the number of parameters",
            $"Two charts of test accuracy against trained parameters on a logarithmic axis, one point a seed. Left, perceptrons: plain {sheet.Mean("accuracy-mlp"):0.0} %, kernel {sheet.Mean("accuracy-kernel-mlp"):0.0} %, narrow plain {sheet.Mean("accuracy-narrow-mlp"):0.0} %. Right, adapters: plain {sheet.Mean("accuracy-plain"):0.0} %, kernel {sheet.Mean("accuracy-kernel"):0.0} %, narrow plain {sheet.Mean("accuracy-small"):0.0} %.",
            $"One point a seed. A new head without adapters has {sheet.Mean("accuracy-head"):0.0} %.");

        var distances = sheet.Series("bundled-distances");
        var length = distances.Min(seed => seed.Length);
        var descent = new Chart(new Axis("steps of gradient descent", Minimum: 0), new Axis("relative distance from the closed form", Logarithmic: true, Minimum: 1e-4, Maximum: 1));
        descent.SeedGeometricMean([.. Enumerable.Range(1, length).Select(i => (double)i * BundledExperiment.Spacing)], [.. distances.Select(seed => seed[..length])], "accelerated gradient descent");
        descent.HorizontalRule(1e-3, "demanded");
        sheet.Add(
            descent, "bundled-descent.svg", "Gradient descent goes to the closed form",
            "A chart of the distance between the outputs of gradient descent and those of the closed form, on a logarithmic axis, against the number of steps. It falls steadily to below a thousandth, which a dotted line marks.",
            "Geometric mean over seeds with a 95 % band; root mean square over the training images, relative to the closed form's outputs.");
    }

    private static Chart ErrorPanel(FigureSheet sheet, string kind, string heading)
    {
        var directions = KernelErrorExperiment.Directions(sheet.Setting.Whole("largest-power"));
        var panel = new Chart(new Axis("directions m", Logarithmic: true), new Axis("mean squared error", Logarithmic: true)) { Heading = heading };
        panel.SeedGeometricMean(directions, sheet.Series($"independent-{kind}"), "independent");
        panel.SeedGeometricMean(directions, sheet.Series($"orthogonal-{kind}"), "orthogonal");
        return panel;
    }

    private static Chart AccuracyPanel(FigureSheet sheet, string heading, (string Metric, string Label)[] series, string label)
    {
        double[] sizes = [.. series.Select(one => sheet.Mean($"parameters-{one.Metric}"))];
        double[] all = [.. series.SelectMany(one => Values(one.Metric))];
        var panel = new Chart(new Axis(label, Logarithmic: true, Minimum: sizes.Min() / 1.3, Maximum: sizes.Max() * 1.3), Axis.Around("test accuracy (%)", all)) { Heading = heading };
        foreach (var (metric, name) in series)
            panel.Points([.. sheet.Seeds.Select(seed => seed.Metrics[$"parameters-{metric}"])], Values(metric), name);
        return panel;

        double[] Values(string metric) => [.. sheet.Seeds.Select(seed => seed.Metrics[$"accuracy-{metric}"])];
    }
}
