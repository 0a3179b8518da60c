using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.FantasticGeneralizationMeasures;

/// <summary>The figures: lines are theory, marks and bands what was measured.</summary>
internal static class Figures
{
    internal static void Draw(FigureSheet sheet)
    {
        DrawFields(sheet);
        DrawDomain(sheet);
        DrawNetworks(sheet);
    }

    private static void DrawFields(FigureSheet sheet)
    {
        var samples = new Axis("samples n − d", Minimum: -12.5, Maximum: LinearFunctions.Few + 0.5);
        var share = new Chart(samples, new Axis("share of consistent functions that are right", Minimum: 0, Maximum: 1.03)) { Heading = "chance of the truth" };
        var error = new Chart(samples, new Axis("mean error of the estimated loss", Minimum: 0, Maximum: 0.42)) { Heading = "best estimator" };
        foreach (var learner in LinearFunctions.Classes)
        {
            double[] xs = [.. Enumerable.Range(0, learner.Dimension + LinearFunctions.Few + 1).Select(n => (double)n - learner.Dimension)];
            var label = $"q = {learner.Order}, d = {learner.Dimension}";
            share.Line(xs, [.. xs.Select((_, n) => learner.ProbabilityOfTruth(n))], label);
            share.PointsOfLastSeries(xs, SeedStatistics.MeanCurve(sheet.Series($"field-share-{learner.Order}")));
            error.Line(xs, [.. xs.Select((_, n) => learner.LeastEstimationError(n))], label);
            error.PointsOfLastSeries(xs, SeedStatistics.MeanCurve(sheet.Series($"field-error-{learner.Order}")));
        }
        sheet.Add(
            [share, error], "finite-fields.svg", "Linear functions over finite fields",
            "Two line charts against the number of samples less the dimension. Left: the chance that a consistent function is the truth is almost zero until two samples before d and almost one a few samples after. Right: the error of the best estimator stays at half the largest loss and then falls to zero at the same place. Marks lie on the lines.",
            "Lines: closed form; marks: measured, means over seeds. Right: the bound is (1 − 1/q)/2 times the chance that two consistent functions differ; the marks are the better of two fitted estimators.");
    }

    private static void DrawDomain(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("n / N, samples over points of the domain", Minimum: 0.08, Maximum: 0.92), new Axis("worst-case mean error", Minimum: 0));
        for (var estimator = 0; estimator < ShatteredDomain.Estimators.Length; estimator++)
            chart.SeedMean(ShatteredDomain.Ratios, sheet.Series($"domain-{estimator}"), ShatteredDomain.Estimators[estimator]);
        chart.Line(ShatteredDomain.Ratios, [.. ShatteredDomain.Ratios.Select(ratio => (1 - ratio) / 2)], "bound (1 − n/N)/2");
        sheet.Add(
            chart, "shattered-domain.svg", "Estimators on a shattered domain",
            "Line chart of worst-case error against the ratio of samples to points. Midpoint and cross-validation lie together just above the straight line of the bound; the training error starts at twice the bound, and one half stays where it is.",
            "Means over seeds with 95 % bands, N = 100. The bound counts n samples as n different points; repeated draws leave more unseen, so that the midpoint lies above it.");
    }

    private static void DrawNetworks(FigureSheet sheet)
    {
        string[] shown = ["spectral-complexity", "sharpness"];
        string[] labels = ["log₁₀ of spectral complexity over margin", "log₁₀ of sharpness (nats)"];
        sheet.Add(
            [.. shown.Select((name, i) => Panel(sheet, name, labels[i]))], "measures.svg", "The gap against two measures",
            "Two scatter plots of generalisation gap against a measure for networks of three worlds. Networks of the first two worlds have the same measures, but gaps near a tenth and near one half. Networks trained on tossed labels have larger measures.",
            "Every mark is a network; all seeds. In the first two worlds the training samples are the same, and only labels that were never seen differ.");
    }

    private static Chart Panel(FigureSheet sheet, string measure, string label)
    {
        string[] worlds = ["clean", "tossed", "tossed-training"];
        double[] all = [.. worlds.SelectMany(world => sheet.Series($"{measure}-{world}")).SelectMany(values => values).Where(value => value > 0).Select(value => Math.Log10(value))];
        var panel = new Chart(Axis.Around(label, all), new Axis("generalisation gap", Minimum: 0, Maximum: 0.6));
        foreach (var (world, name) in worlds.Zip(["rule", "unseen tossed", "all tossed"]))
        {
            var pairs = sheet.Series($"{measure}-{world}").SelectMany(values => values)
                .Zip(sheet.Series($"gaps-{world}").SelectMany(values => values)).Where(pair => pair.First > 0).ToArray();
            panel.Points([.. pairs.Select(pair => Math.Log10(pair.First))], [.. pairs.Select(pair => pair.Second)], name);
        }
        return panel;
    }
}
