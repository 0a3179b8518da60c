using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.UniversalityLens;

/// <summary>The figures: means over seeds with 95 % bands, against bounds and asymptotic laws.</summary>
internal static class Figures
{
    private static readonly Interval _positive = new(1e-9, double.MaxValue);

    internal static void Draw(FigureSheet sheet, int samples, int[] dimensions)
    {
        DrawBounds(sheet);
        DrawParameters(sheet, samples, dimensions);
        DrawEnsemble(sheet);
        DrawFunctions(sheet);
    }

    private static void DrawBounds(FigureSheet sheet) => sheet.Add(
        [
            BoundPanel(sheet, "coins", "coins, 511 biases", GridMixtures.CoinSizes, 1),
            BoundPanel(sheet, "logistic", "logistic regression, 61 × 61 weights", GridMixtures.LogisticSizes, 2),
        ],
        "regret-bound.svg", "Regret and its bound by weight",
        "Two log-log line charts of regret per sample against samples. Regret and bound fall together, the regret always below; both run parallel to (d/2n) ln n for large n.",
        "Means over seeds with 95 % bands; every seed has a truth of its own. Bound: the least ε + (1/n) ln 1/w(B_ε) over ε.");

    private static Chart BoundPanel(FigureSheet sheet, string series, string heading, int[] sizes, int dimension)
    {
        double[] ns = [.. sizes.Select(n => (double)n)];
        double[] late = [.. ns.Where(n => n >= 8)];
        var panel = new Chart(new Axis("samples n", Logarithmic: true, Maximum: 1.4 * ns[^1]), new Axis("regret (nats per sample)", Logarithmic: true)) { Heading = heading };
        panel.SeedMean(ns, sheet.Series($"{series}-regret"), "mixture", _positive);
        panel.SeedMean(ns, sheet.Series($"{series}-bound"), "bound", _positive);
        panel.Line(late, [.. late.Select(n => dimension / (2 * n) * Math.Log(n))], "(d/2n) ln n");
        return panel;
    }

    private static void DrawParameters(FigureSheet sheet, int samples, int[] dimensions)
    {
        double[] ds = [.. dimensions.Select(d => (double)d)];
        var logistic = new Chart(new Axis("parameters d", Logarithmic: true), new Axis("regret (nats, all samples)", Logarithmic: true)) { Heading = "logistic regression" };
        logistic.SeedMean(ds, sheet.Series("redundant"), "copies", _positive);
        logistic.SeedMean(ds, sheet.Series("irrelevant"), "irrelevant", _positive);
        logistic.SeedMean(ds, sheet.Series("generic"), "generic truth", _positive);
        logistic.Line(ds, [.. ds.Select(d => d / 2 * Math.Log(samples))], "(d/2) ln n");
        var depth = new Chart(new Axis("parameters, 32 × depth", Logarithmic: true), new Axis("regret (nats, all samples)", Minimum: 0)) { Heading = "32 means, products of weights" };
        depth.SeedMean(AddedParameters.DepthParameters, sheet.Series("depth-sparse"), "two means not zero", _positive);
        depth.SeedMean(AddedParameters.DepthParameters, sheet.Series("depth-generic"), "generic truth", _positive);
        sheet.Add(
            [logistic, depth], "parameters.svg", "What adding parameters costs",
            "Two line charts of total regret against the number of parameters. Left: for copies of features the regret stays nearly flat; for irrelevant features and for a generic truth it rises in proportion to the number. Right: with depth the regret of a sparse truth falls while that of a generic one rises.",
            $"n = {samples}. Means over seeds with 95 % bands. Left: prior N(0, I), Laplace's method. Right: quadrature, depths 1 to 8 of uniform weights; more parameters make the sparse truth simpler, and the generic one less so.");
    }

    private static void DrawEnsemble(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("models in the ensemble", Logarithmic: true, Maximum: 1500), new Axis("log-loss above the truth's (nats)", Minimum: 0));
        double[] sizes = [.. LangevinEnsemble.Sizes.Select(size => (double)size)];
        chart.SeedMean(sizes, sheet.Series("ensemble-excess"), "Langevin samples");
        chart.Line(sizes, [.. sizes.Select(_ => Mean(sheet, "mixture-excess"))], "exact mixture");
        chart.Line(sizes, [.. sizes.Select(_ => Mean(sheet, "best-excess"))], "greatest likelihood");
        sheet.Add(
            chart, "ensemble.svg", "An ensemble of Langevin samples becomes the mixture",
            "Line chart of excess log-loss against the size of the ensemble. One sample is worse than the model of greatest likelihood; the curve falls below that model's line and reaches the line of the exact mixture.",
            "Logistic regression in the plane, 32 samples, prior N(0, 4 I); mean over seeds of 24 data sets each, with a 95 % band.");
    }

    private static void DrawFunctions(FigureSheet sheet)
    {
        var first = sheet.Seeds[0];
        var frequency = new Chart(
            Axis.Around("Lempel–Ziv complexity (bits)", first.Series["complexities"]), Axis.Around("log₁₀ of the greatest frequency", first.Series["log-frequencies"]))
        { Heading = "random networks 7-40-1" };
        frequency.Points(first.Series["complexities"], first.Series["log-frequencies"], "functions seen twice or more");
        var regret = new Chart(
            Axis.Around("ln of the function's weight", first.Series["target-weights"]),
            new Axis("regret (nats per sample)", Minimum: 0, Maximum: 1.05 * first.Series["target-bounds"].Max()))
        { Heading = "the mixture at 64 of 128 inputs" };
        regret.Points(first.Series["target-weights"], first.Series["target-regrets"], "mixture");
        regret.Points(first.Series["target-weights"], first.Series["target-bounds"], "bound");
        sheet.Add(
            [frequency, regret], "functions.svg", "Frequent functions are simple and quickly learnt",
            "Two scatter plots. Left: the logarithm of the greatest frequency falls along a line with complexity. Right: regret falls with the weight of the target function and lies below the bound.",
            $"Seed {first.Seed}. Left: each mark is the most frequent function of its complexity. Right: 48 target functions, values flipped with the declared probability; regret is a mean over 48 draws of inputs.");
    }

    private static double Mean(FigureSheet sheet, string series) => sheet.Series(series).Average(values => values[0]);
}
