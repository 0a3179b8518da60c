using System.Globalization;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.GrokOrNot;

/// <summary>The figures of the page.</summary>
internal static class Figures
{
    private const int Bins = 20;

    private static readonly Interval _shares = new(0, 1);

    /// <summary>Steps shown, evenly spread on a logarithmic axis.</summary>
    internal static int[] ShownSteps(int steps) =>
        [.. Enumerable.Range(0, 81).Select(i => (int)Math.Round(Math.Pow(steps, i / 80.0))).Distinct()];

    /// <summary>Accuracies by step, without and with weight decay.</summary>
    internal static void DrawDynamics(FigureSheet sheet)
    {
        double[] steps = [.. ShownSteps(sheet.Setting.Whole("steps"))];
        sheet.Add(
            [Panel("plain", "no weight decay"), Panel("decayed", Invariant($"weight decay {sheet.Setting.Real("lambda"):0.##}"))],
            "dynamics.svg", "Accuracy by step",
            Invariant($"Two line charts against steps on a logarithmic axis. Without weight decay wrong labels are learned within twenty steps; when test accuracy rises they are given up to {sheet.Mean("leastWrongAfterGrokking"):0.00} and taken up again, ending at {sheet.Mean("finalWrong"):0.00} with a test accuracy of {sheet.Mean("finalTest"):0.00}. With weight decay they are learned too, then given up to {sheet.Mean("decayWrong"):0.00} while test accuracy rises to {sheet.Mean("decayTest"):0.00}."),
            "Means over seeds with 95 % bands. Wrong labels: the share of the training pairs with a wrong label that get it. Left, the network ends up knowing both the rule and the wrong labels; right, it unlearns them just after it has found the rule.");

        Chart Panel(string name, string heading)
        {
            var panel = new Chart(new Axis("steps", Logarithmic: true), new Axis("share of pairs", Minimum: 0, Maximum: 1.03)) { Heading = heading };
            panel.SeedMean(steps, sheet.Series($"{name}Clean"), "right labels", _shares);
            panel.SeedMean(steps, sheet.Series($"{name}Wrong"), "wrong labels", _shares);
            panel.SeedMean(steps, sheet.Series($"{name}Test"), "test", _shares);
            return panel;
        }
    }

    /// <summary>Histograms of neurons by periodicity.</summary>
    internal static void DrawPeriodicity(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("inverse participation ratio", Minimum: 0, Maximum: 1), new Axis("share of neurons per bin of 0.05", Minimum: 0));
        double[] centres = [.. Enumerable.Range(0, Bins).Select(bin => (bin + 0.5) / Bins)];
        foreach (var (series, label) in new[] { ("plain", "no regularisation"), ("decayed", "weight decay"), ("normalised", "batch normalisation") })
            chart.SeedMean(centres, [.. sheet.Series($"{series}Periodicity").Select(Histogram)], label, _shares);
        sheet.Add(
            chart, "periodicity.svg", "How periodic the neurons become",
            "Three histograms of neurons by inverse participation ratio. Without regularisation and with batch normalisation neurons gather at both ends; with weight decay nearly all lie at high ratios.",
            "Share of neurons in bins of width 0.05 after training, means over seeds with 95 % bands. At 1 a neuron's weights are a single wave; white noise lies near 0.08 at p = 47.");
    }

    /// <summary>Accuracies by share of neurons removed.</summary>
    internal static void DrawPruning(FigureSheet sheet) =>
        sheet.Add(
            [PruningPanel(sheet, "least", "least periodic first"), PruningPanel(sheet, "most", "most periodic first"), PruningPanel(sheet, "random", "at random")],
            "pruning.svg", "Removing neurons",
            Invariant($"Three line charts against the share of neurons removed. Removing the least periodic first, wrong labels fall to {sheet.Mean("wrongAfterPruning"):0.00} while test accuracy stays high. Removing the most periodic first, test accuracy falls before the wrong labels do. At random, both fall together."),
            "The network trained without weight decay, means over seeds with 95 % bands; nothing is retrained. Random removal is the mean of five draws a seed.");

    /// <summary>Heat maps over the share of wrong labels and weight decay.</summary>
    internal static void DrawMap(FigureSheet sheet) =>
        sheet.Add(
            [MapPanel(sheet, "mapWrong", "wrong labels given"), MapPanel(sheet, "mapTest", "test accuracy")],
            "phases.svg", "Phases by corruption and weight decay",
            Invariant($"Two heat maps over weight decay and the share of wrong labels. Without decay nearly all wrong labels are given, and test accuracy falls as their share grows; with decay wrong labels are refused and test accuracy is high. On average {sheet.Mean("mapFullInversion"):0.0} of 20 cells are in full inversion and {sheet.Mean("mapCoexistence"):0.0} in coexistence."),
            "Means over seeds at the end of short runs. Bright on both: coexistence. Dark left, bright right: inversion. Bright left, dark right: memorisation.");

    private static Chart PruningPanel(FigureSheet sheet, string order, string heading)
    {
        var panel = new Chart("share of neurons removed", new Axis("share of pairs", Minimum: 0, Maximum: 1.03)) { Heading = heading };
        panel.SeedMean(AdditionExperiments.Removed, sheet.Series($"{order}Wrong"), "wrong labels", _shares);
        panel.SeedMean(AdditionExperiments.Removed, sheet.Series($"{order}Test"), "test", _shares);
        return panel;
    }

    private static Chart MapPanel(FigureSheet sheet, string series, string heading)
    {
        var seeds = sheet.Series(series);
        var (xs, ys) = (AdditionExperiments.MapDecays, AdditionExperiments.MapCorruptions);
        var values = new double[ys.Length, xs.Length];
        for (var cell = 0; cell < xs.Length * ys.Length; cell++)
            values[cell / xs.Length, cell % xs.Length] = seeds.Average(seed => seed[cell]);
        var panel = new Chart("weight decay λ", "share of wrong labels ξ") { Heading = heading };
        panel.HeatMap(xs, ys, values, "share", range: _shares);
        return panel;
    }

    private static double[] Histogram(double[] ratios)
    {
        var counts = new double[Bins];
        foreach (var ratio in ratios.Where(double.IsFinite))
            counts[Math.Clamp((int)(ratio * Bins), 0, Bins - 1)] += 1.0 / ratios.Length;
        return counts;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
