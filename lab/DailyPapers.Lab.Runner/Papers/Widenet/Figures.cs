using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.Widenet;

/// <summary>The figures: loss against parameters, training losses, and who uses which expert.</summary>
internal static class Figures
{
    private const int Places = 20;

    /// <summary>A loss curve as means over 20 equal stretches.</summary>
    internal static double[] Averaged(double[] losses) =>
        [.. Enumerable.Range(0, Places).Select(place => losses[(place * losses.Length / Places)..((place + 1) * losses.Length / Places)].Average())];

    internal static void Draw(FigureSheet sheet)
    {
        if (!sheet.Seeds[0].Series.ContainsKey("text-wide-usage"))
            return; // a tuning run
        sheet.Add(
            [Parameters(sheet, "text", "text"), Parameters(sheet, "digits", "digits")],
            "parameters.svg", "Test loss by the number of parameters",
            "Two charts of test loss against parameters, for text and for digits, with a point for each seed of each of five ways to share weights.",
            "A point a seed. Whole models, embeddings and head included.");
        sheet.Add(
            [Losses(sheet, "text", "text", logarithmic: false), Losses(sheet, "digits", "digits", logarithmic: true)],
            "training.svg", "Training loss of five ways to share",
            "Two line charts of the training loss against steps, for text and for digits, one line for each of five ways to share weights.",
            "Means over stretches of a twentieth of the training and over seeds, with 95 % bands. Without the balance loss.");
        sheet.Add(
            [Usage(sheet, Arm.Wide, "norms of each depth"), Usage(sheet, Arm.SharedNorms, "shared norms")],
            "experts.svg", "Which depth uses which expert, on text",
            "Two heat maps of the share of choices by depth and expert on text, with individual and with shared norms.",
            $"Seed {sheet.Seeds[0].Seed}; shares of the choices on test text, which sum to 1 at each depth.");
    }

    private static Chart Parameters(FigureSheet sheet, string task, string heading)
    {
        var parameters = Arm.All.Select(arm => sheet.Mean($"{task}-{arm.Name}-parameters") / 1000).ToArray();
        double[] losses = [.. from arm in Arm.All from seed in sheet.Seeds select seed.Metrics[$"{task}-{arm.Name}-test-loss"]];
        var chart = new Chart(
            new Axis("parameters (thousands)", Logarithmic: true, parameters.Min() / 1.3, parameters.Max() * 1.3), Axis.Around("test loss (nats)", losses))
        { Heading = heading };
        for (var i = 0; i < Arm.All.Length; i++)
        {
            var arm = Arm.All[i];
            chart.Points([.. sheet.Seeds.Select(_ => parameters[i])], [.. sheet.Seeds.Select(seed => seed.Metrics[$"{task}-{arm.Name}-test-loss"])], arm.Label);
        }
        return chart;
    }

    private static Chart Losses(FigureSheet sheet, string task, string heading, bool logarithmic)
    {
        var steps = sheet.Setting.Whole("steps");
        var chart = new Chart(new Axis("step"), new Axis("training loss (nats)", Logarithmic: logarithmic)) { Heading = heading };
        double[] places = [.. Enumerable.Range(0, Places).Select(place => (place + 0.5) * steps / Places)];
        foreach (var arm in Arm.All)
            chart.SeedMean(places, sheet.Series($"{task}-{arm.Name}-losses"), arm.Label, new Interval(0.001, 1e9));
        return chart;
    }

    private static Chart Usage(FigureSheet sheet, Arm arm, string heading)
    {
        var shares = sheet.Series($"text-{arm.Name}-usage")[0];
        var (depth, experts) = (TextTask.Config.Depth, TextTask.Config.Experts);
        var values = new double[depth, experts];
        for (var place = 0; place < shares.Length; place++)
            values[place / experts, place % experts] = shares[place];
        var chart = new Chart(new Axis("expert"), new Axis("depth")) { Heading = heading };
        chart.HeatMap([.. Enumerable.Range(1, experts).Select(i => (double)i)], [.. Enumerable.Range(1, depth).Select(i => (double)i)], values, "share of the choices", range: new Interval(0, 0.5));
        return chart;
    }
}
