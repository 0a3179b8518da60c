using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Generalization.LearningDynamics;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.GeneralizationDynamics;

/// <summary>The figures: theory as lines, simulation as points or as means over seeds with 95 % bands.</summary>
internal static class Figures
{
    private static readonly Interval _positive = new(1e-9, 1e9);
    private static readonly (string Name, string Label)[] _curves = [("half", "α = 0.5"), ("one", "α = 1"), ("two", "α = 2")];

    internal static void Draw(FigureSheet sheet)
    {
        var snr = sheet.Setting.Real("snr");
        sheet.Add(
            [Learning(sheet, "test", "theory", "test error"), Learning(sheet, "train", "train-theory", "training error")],
            "learning-curves.svg", "Test and training error over time: theory and simulation",
            "Two line charts of errors against time for three ratios of samples to inputs. Training errors fall; test errors have a minimum and then rise, most at a ratio of one. Points of simulations lie on the lines.",
            "Lines are the theory in the limit of many inputs, points means over all draws of all seeds. Errors in units of the teacher's variance; time in units of τ.");

        double[] alphas = LinearExperiments.SweptAlphas;
        // The peak is narrow: the swept values are among those of the lines.
        double[] fine = [.. Enumerable.Range(0, 96).Select(i => 0.25 + 3.75 * i / 95).Concat(alphas).Distinct().Order()];
        var theories = fine.Select(alpha => new LinearGeneralizationDynamics(alpha, snr, 0)).ToArray();
        var sweep = new Chart(new Axis("samples over inputs, α", Minimum: 0, Maximum: 4.1), new Axis("test error", Logarithmic: true, Minimum: 0.2, Maximum: 30)) { Heading = "overtraining" };
        sweep.Line(fine, [.. theories.Select(theory => theory.TestError(LinearExperiments.Late))], "trained for 10,000 τ");
        sweep.PointsOfLastSeries(alphas, SeedStatistics.MeanCurve(sheet.Series("late")));
        sweep.Line(fine, [.. theories.Select(theory => theory.TestError(theory.OptimalStoppingTime()))], "stopped in time");
        sweep.PointsOfLastSeries(alphas, SeedStatistics.MeanCurve(sheet.Series("stopped")));
        sweep.Line(fine, [.. theories.Select(theory => theory.OptimalRidgeError)], "best ridge");
        var initial = new Chart(Axis.Around("variance of initial weights, INR", LinearExperiments.Initial), new Axis("test error", Minimum: 0)) { Heading = "initial weights, α = 0.5" };
        initial.Line(
            LinearExperiments.Initial, [.. LinearExperiments.Initial.Select(variance => new LinearGeneralizationDynamics(0.5, snr, variance).FinalTestError)], "theory, end of training");
        initial.PointsOfLastSeries(LinearExperiments.Initial, SeedStatistics.MeanCurve(sheet.Series("initial")));
        sheet.Add(
            [sweep, initial], "overtraining.svg", "Where overtraining hurts, and what initial weights cost",
            "Left, test errors against the ratio of samples to inputs: after long training there is a peak of more than a decade at one; stopped in time, or with the best ridge, the error falls steadily. Right, the error grows along a line with the variance of the initial weights.",
            "Lines are theory, points means over all draws of all seeds. Weights start at 0 on the left.");

        double[] ratios = [.. ReluExperiment.Widths.Select(width => (double)width / ReluExperiment.Balanced)];
        var relu = new Chart(new Axis("parameters over samples, N·h/P", Logarithmic: true, Minimum: 0.18, Maximum: 9), new Axis("mean squared error", Minimum: 0, Maximum: 1.4 * SeedStatistics.MeanCurve(sheet.Series("relu-final")).Max()));
        relu.SeedMean(ratios, sheet.Series("relu-final"), "test, end of training", _positive);
        relu.SeedMean(ratios, sheet.Series("relu-least"), "test, best time", _positive);
        relu.SeedMean(ratios, sheet.Series("relu-train"), "training, end", _positive);
        relu.VerticalRule(1, "as many as samples");
        sheet.Add(
            relu, "relu.svg", "ReLU students by number of parameters",
            "Line chart of test and training error of two-layer ReLU students against the number of parameters over that of samples.",
            "Test errors on clean labels, in units of the teacher's variance; training errors include the noise. Means over seeds with 95 % bands.");
    }

    private static Chart Learning(FigureSheet sheet, string simulated, string theory, string label)
    {
        var chart = new Chart(new Axis("time (τ)", Logarithmic: true, Minimum: 0.09, Maximum: 110), new Axis(label, Minimum: 0));
        foreach (var (name, legend) in _curves)
        {
            chart.Line(LinearExperiments.Times, sheet.Seeds[0].Series[$"{theory}-{name}"], legend);
            chart.PointsOfLastSeries(LinearExperiments.Times, SeedStatistics.MeanCurve(sheet.Series($"{simulated}-{name}")));
        }
        return chart;
    }
}
