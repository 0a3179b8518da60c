using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.UnifiedNormalization;

/// <summary>The figures: training losses of all arms, the spikes of one seed, and what folding saves.</summary>
internal static class Figures
{
    private const int Places = 25;
    private const double Paper = 1.31;

    /// <summary>A loss curve as means over 25 equal stretches.</summary>
    internal static double[] Averaged(double[] losses) =>
        [.. Enumerable.Range(0, Places).Select(place => losses[(place * losses.Length / Places)..((place + 1) * losses.Length / Places)].Average())];

    internal static void Draw(FigureSheet sheet)
    {
        if (!sheet.Seeds[0].Series.ContainsKey("speedups"))
            return; // a tuning run
        var steps = sheet.Setting.Whole("steps");
        var panels = new List<Chart> { Losses(sheet, "language", "text", steps) };
        if (sheet.Seeds[0].Series.ContainsKey("vision-layer-losses"))
            panels.Add(Losses(sheet, "vision", "Fashion-MNIST", steps));
        sheet.Add(
            panels, "training.svg", "Training loss with four norms",
            "Line charts of the training loss against steps, one panel a task, for LayerNorm, unified normalization with and without filtration, and batch norm.",
            "Means over stretches of a twenty-fifth of the training and over seeds, with 95 % bands.");

        var heavy = new Chart(new Axis("step"), new Axis("training loss (nats)", Minimum: 0)) { Heading = $"Student's t noise, seed {sheet.Seeds[0].Seed}" };
        foreach (var arm in new[] { Arm.Smoothed, Arm.Filtered, Arm.Layer })
        {
            var losses = sheet.Seeds[0].Series[$"heavy-{arm.Name}-every-loss"];
            heavy.Line([.. Enumerable.Range(1, losses.Length).Select(step => (double)step)], losses, arm.Label);
        }
        sheet.Add(
            heavy, "heavy-tails.svg", "Loss on inputs with Student's t noise",
            "Line chart of the training loss at every step for unified normalization without and with filtration and for LayerNorm.",
            "Every step of one seed. All three see the same images and the same noise.");

        string[] places = ["block of DeiT-T, 1 image", "DeiT-T, 1 image", "small model, 64 images"];
        var speedups = sheet.Series("speedups");
        var speed = new Chart(Axis.OfCategories("", places), Axis.Around("times as fast as LayerNorm", [1, Paper, .. speedups.SelectMany(values => values)]));
        foreach (var (label, kernel, shift) in new[] { ("UN, unfolded", 0, -0.1), ("UN, folded", 1, 0.1) })
        {
            speed.Points(
                [.. speedups.SelectMany(_ => Enumerable.Range(0, places.Length).Select(place => place + shift))],
                [.. speedups.SelectMany(values => Enumerable.Range(0, places.Length).Select(place => values[2 * place + kernel]))], label);
        }
        speed.HorizontalRule(1, "LayerNorm");
        speed.HorizontalRule(Paper, "paper, on a GPU");
        sheet.Add(
            speed, "inference.svg", "Speed of inference",
            "Chart of the speed relative to LayerNorm at three places: a block of DeiT-T, the whole of DeiT-T, the small model of the vision task, with a point for each seed. Rules mark LayerNorm at 1 and the paper's figure at 1.31.",
            "Medians of ratios within the same interleaved rounds, one thread; one point a seed.");
    }

    private static Chart Losses(FigureSheet sheet, string task, string heading, int steps)
    {
        var chart = new Chart(new Axis("step"), new Axis("training loss (nats)")) { Heading = heading };
        double[] places = [.. Enumerable.Range(0, Places).Select(place => (place + 0.5) * steps / Places)];
        foreach (var arm in Arm.All)
            chart.SeedMean(places, sheet.Series($"{task}-{arm.Name}-losses"), arm.Label, new Interval(0.01, 1e9));
        return chart;
    }
}
