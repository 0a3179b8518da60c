using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.IntriguingAdversarialProperties;

/// <summary>The figures.</summary>
internal static class Figures
{
    private static readonly (string Series, string Label)[] _states = [("trained", "trained"), ("untrained", "untrained"), ("random-labels", "random labels")];

    internal static void Draw(FigureSheet sheet)
    {
        sheet.Add(
            [CurvePanel(sheet, "mlp", "fully connected"), CurvePanel(sheet, "cnn", "convolutional")],
            "power-law.svg", "Adversarial error by the size of the perturbation",
            "Two log-log charts of the share of changed predictions under FGSM against ε over its largest value, for trained, untrained and random-label networks, with the line of slope one. The curves lie near the line and near each other.",
            "FGSM. Each network's ε is divided by the one at which a fifth of its predictions change, which puts the curves on one scale. Means over seeds with 95 % bands; last line: exponent 1.");

        sheet.Add(
            [PredictionPanel(sheet, "mlp", "fully connected"), PredictionPanel(sheet, "cnn", "convolutional")],
            "prediction.svg", "Error predicted from logit differences",
            "Two log-log charts of measured adversarial error of trained networks and of two predictions from logit differences at the clean images.",
            "Trained networks under FGSM; geometric mean of ε over seeds. Mean field: P(Δ < ε times the mean slope). Linear: P(Δ < ε times the image's own slope).");

        double[] centres = [.. Enumerable.Range(0, ErrorCurves.Bins).Select(bin => (bin + 0.5) * ErrorCurves.WidestGap / ErrorCurves.Bins)];
        sheet.Add(
            [DensityPanel(sheet, "mlp", "fully connected", centres), DensityPanel(sheet, "cnn", "convolutional", centres)],
            "gaps.svg", "Densities of logit differences",
            "Two charts of the density of the difference between the two highest logits over its mean, for trained, untrained and random-label networks. All are finite and positive at zero.",
            "Means over seeds with 95 % bands. A density that is finite and positive at zero makes the error linear in ε.");

        var rewards = sheet.Series("rewards").Select(values => values.Select((_, i) => values[..(i + 1)].Max()).ToArray()).ToArray();
        var population = sheet.Setting.Whole("population");
        var search = new Chart(new Axis("architectures tried", Minimum: 0.5, Maximum: rewards[0].Length + 0.5), new Axis("accuracy under attack (%)", Minimum: 0, Maximum: 80));
        double[] tried = [.. Enumerable.Range(1, rewards[0].Length).Select(i => (double)i)];
        search.SeedMean(tried, rewards, "best so far", new Interval(0, 100));
        search.SeedMean(tried, sheet.Series("rewards"), "each", new Interval(0, 100));
        search.VerticalRule(population + 0.5, "mutants");
        sheet.Add(
            search, "search.svg", "Search for a robust architecture",
            "Line chart of the accuracy under attack of the architectures tried, in order, and of the best so far.",
            FormattableString.Invariant($"Accuracy under PGD at ε = {sheet.Setting.Real("epsilon")} on the images that the search sees. The first {population} architectures are random. Means over seeds with 95 % bands."));
    }

    private static Chart CurvePanel(FigureSheet sheet, string architecture, string heading)
    {
        double[] relative = [.. Enumerable.Range(1 - ErrorCurves.Points, ErrorCurves.Points).Select(i => Math.Pow(10, (double)i / ErrorCurves.PointsPerDecade))];
        var panel = new Chart(new Axis("ε / its largest value", Logarithmic: true, 0.025, 1.2), new Axis("adversarial error", Logarithmic: true, 0.002, 0.3)) { Heading = heading };
        foreach (var (series, label) in _states)
            panel.SeedMean(relative, sheet.Series($"{architecture}-{series}-fgsm-errors"), label, new Interval(0.002, 1));
        panel.Line(relative, [.. relative.Select(ratio => ErrorCurves.Top * ratio)], "exponent 1");
        return panel;
    }

    private static Chart PredictionPanel(FigureSheet sheet, string architecture, string heading)
    {
        var epsilons = SeedStatistics.MeanCurve([.. sheet.Series($"{architecture}-trained-fgsm-epsilons").Select(values => values.Select(value => Math.Log(value)).ToArray())]).Select(value => Math.Exp(value)).ToArray();
        var panel = new Chart(
            new Axis("ε (pixels go from 0 to 1)", Logarithmic: true, epsilons[0] / 1.2, epsilons[^1] * 1.2), new Axis("adversarial error", Logarithmic: true, 0.002, 0.3))
        { Heading = heading };
        panel.Line(epsilons, SeedStatistics.MeanCurve(sheet.Series($"{architecture}-trained-mean-field")), "mean field");
        panel.Line(epsilons, SeedStatistics.MeanCurve(sheet.Series($"{architecture}-trained-local")), "linear, image by image");
        panel.Points(epsilons, SeedStatistics.MeanCurve(sheet.Series($"{architecture}-trained-fgsm-errors")), "measured");
        return panel;
    }

    private static Chart DensityPanel(FigureSheet sheet, string architecture, string heading, double[] centres)
    {
        var panel = new Chart(new Axis("logit difference / its mean", Minimum: 0), new Axis("density", Minimum: 0, Maximum: 1.2)) { Heading = heading };
        foreach (var (series, label) in _states)
            panel.SeedMean(centres, sheet.Series($"{architecture}-{series}-density"), label, new Interval(0, 1e9));
        return panel;
    }
}
