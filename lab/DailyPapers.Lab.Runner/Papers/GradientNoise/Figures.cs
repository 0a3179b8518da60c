using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.GradientNoise;

/// <summary>The figures: means over seeds with 95 % bands.</summary>
internal static class Figures
{
    private static readonly (string Name, string Label)[] _poor =
    [
        ("plain", "no noise"), ("annealed", "annealed"), ("fixed", "fixed, same total"), ("fixed-eta", "fixed at η"), ("wide", "no noise, wider start"),
    ];

    private static readonly (string Name, string Label)[] _good = [("he-plain", "no noise"), ("he-annealed", "annealed, same η"), ("he-small", "annealed, small η")];

    private static readonly Interval _percent = new(0, 100);

    internal static void Draw(FigureSheet sheet)
    {
        var steps = Steps(sheet.Setting.Whole("steps"), DeepNetworkStudy.Points);
        sheet.Add(
            [Curves(sheet, steps, _poor, "poor start"), Curves(sheet, steps, _good, "He's initialisation")],
            "training.svg", "Test accuracy during training, by start and noise",
            "Two line charts of test accuracy against the step. From the poor start the networks without noise stay at chance, those with annealed noise begin to learn late in training, fixed noise of the same total lags, fixed noise at η stays at chance, and a wider start without noise learns soonest. From He's initialisation all curves rise early.",
            "Means over seeds with 95 % bands; each seed's value is the mean of its restarts.");

        var he = Math.Sqrt(2.0 / sheet.Setting.Whole("width"));
        double[] measured = SeedStatistics.MeanCurve(sheet.Series("annealed-deviation")), predicted = sheet.Series("predicted-deviation")[0];
        var deviations = new Chart("step", new Axis("deviation of the hidden weights", Minimum: 0, Maximum: 1.08 * Math.Max(he, measured[^1])));
        deviations.Line(steps, predicted, "annealed: predicted, and measured points");
        deviations.PointsOfLastSeries(steps, measured);
        foreach (var (name, label) in _poor.Where(condition => condition.Name is not ("annealed" or "fixed-eta")))
            deviations.SeedMean(steps, sheet.Series($"{name}-deviation"), label);
        deviations.HorizontalRule(he, "He's initialisation");
        sheet.Add(
            deviations, "weights.svg", "Noise widens the weights towards He's initialisation",
            "Line chart of the weights' root mean square against the step. Without noise it stays at its start; with annealed noise it follows the prediction of a random walk and approaches the dotted line of He's initialisation.",
            "Root mean square of the weights between hidden layers. The prediction counts the noise alone: the initial variance plus the squared step size times the sum of the noise's variances.");

        var finals = new Chart(new Axis("final test accuracy (%)", Minimum: 0, Maximum: 100), new Axis("share of restarts above it", Minimum: 0, Maximum: 1.02));
        double[] places = [.. Enumerable.Range(0, 201).Select(i => i / 2.0)];
        foreach (var (name, label) in _poor)
        {
            double[] all = [.. sheet.Series($"{name}-final").SelectMany(values => values)];
            finals.Line(places, [.. places.Select(place => all.Count(value => value > place) / (double)all.Length)], $"{label} ({all.Length})");
        }
        finals.VerticalRule(80, "trained");
        sheet.Add(
            finals, "restarts.svg", "Final accuracies of all restarts from the poor start",
            "Step curves of the share of restarts above each test accuracy. Without noise every restart lies at chance; with annealed noise all lie far above it and most are trained; with fixed noise of the same total they lie between; with a wider start and no noise all are trained.",
            "All seeds together; the number of restarts is in brackets.");

        var paritySteps = Steps(sheet.Setting.Whole("parity-steps"), ParityStudy.Points);
        var parity = new Chart("step", new Axis("share of restarts that solved it", Minimum: 0, Maximum: 1));
        parity.SeedMean(paritySteps, sheet.Series("parity-plain-solved"), "no noise", new Interval(0, 1));
        parity.SeedMean(paritySteps, sheet.Series("parity-noisy-solved"), "annealed noise", new Interval(0, 1));
        sheet.Add(
            parity, "parity.svg", "Restarts that learnt parity",
            "Line chart of the share of recurrent networks that get more than 99 % of all bit strings right, against the step, with noise and without; the curve with noise lies above.",
            "Means over seeds with 95 % bands; the same initial weights and strings with noise and without.");
    }

    private static double[] Steps(int steps, int points) => [.. Enumerable.Range(0, points + 1).Select(point => (double)((long)steps * point / points))];

    private static Chart Curves(FigureSheet sheet, double[] steps, (string Name, string Label)[] conditions, string heading)
    {
        var panel = new Chart("step", new Axis("test accuracy (%)", Minimum: 0, Maximum: 100)) { Heading = heading };
        foreach (var (name, label) in conditions)
            panel.SeedMean(steps, sheet.Series($"{name}-curve"), label, _percent);
        return panel;
    }
}
