using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.AdaptiveReservoir;

/// <summary>The figures: means over reservoirs with 95 % bands.</summary>
internal static class Figures
{
    private const int Bins = 25;

    private static readonly string[] _labels = ["memory capacity (steps)", "1/NRMSE, NARMA-10", "1/NRMSE, Mackey-Glass", "1/NRMSE, Lorenz"];
    private static readonly Interval _positive = new(0, 1e9);

    internal static void Draw(FigureSheet sheet)
    {
        sheet.Add(
            [BalancePanel(sheet, 0), BalancePanel(sheet, 1)],
            "balance.svg", "Score by global balance",
            "Two line charts of memory capacity and of inverse error on NARMA-10 against the balance of excitation and inhibition, one line for each gain. Scores fall on the side of excitation.",
            "Without adaptation. B is negative where inhibition outweighs excitation. Input scale chosen on validation data at every point, scores on test data; means over reservoirs with 95 % bands.");
        sheet.Add(
            [RatePanel(sheet, 0), RatePanel(sheet, 1)],
            "target-rates.svg", "Score by target rate: memory and NARMA-10",
            "Two line charts of scores against the target rate, for iterated and for one-step adaptation, with level lines for the globally tuned and the heterogeneous reservoir.",
            "Gain and input scale chosen on validation data at every point; the level lines are the globally tuned reservoir and the one with different target rates. Means over reservoirs with 95 % bands.");
        sheet.Add(
            [RatePanel(sheet, 2), RatePanel(sheet, 3)],
            "forecasts.svg", "Score by target rate: forecasts",
            "Two line charts like those before, for forecasts of the Mackey-Glass series and of the Lorenz system.",
            "As above, for the Mackey-Glass series 84 steps and the Lorenz system half a time unit ahead.");

        double[] centres = [.. Enumerable.Range(0, Bins).Select(bin => (bin + 0.5) / Bins)];
        var rates = new Chart(new Axis("mean rate of a unit", Minimum: 0, Maximum: 1), new Axis("density", Minimum: 0)) { Heading = "mean rates" };
        rates.SeedMean(centres, [.. sheet.Series("mean-rates-before").Select(Density)], "before", _positive);
        rates.SeedMean(centres, [.. sheet.Series("mean-rates-broad").Select(Density)], "heterogeneous", _positive);
        rates.VerticalRule(Reproduction.UntunedRate, "target");
        var errors = new Chart("windows of 100 steps", new Axis("mean |rate − target|", Minimum: 0)) { Heading = "adaptation to one rate" };
        var shortest = sheet.Series("adaptation-error").Min(values => values.Length);
        errors.SeedMean([.. Enumerable.Range(1, shortest).Select(i => (double)i)], [.. sheet.Series("adaptation-error").Select(values => values[..shortest])], "error", new Interval(0, 1));
        sheet.Add(
            [rates, errors],
            "adaptation.svg", "Rates before and after adaptation",
            "Left, densities of the units' mean rates: before adaptation they spread over the whole range; adapted to different targets they follow the targets' distribution. Right, the error of rates against time, falling to the noise of a window's mean.",
            "At gain 4 and input scale 1. Adapted to one target, dotted, all units lie at it. The error is taken in each window, as far as all reservoirs needed it.");

        double[] ranks = [.. Enumerable.Range(0, sheet.Seeds[0].Series["settings-with-memory"].Length).Select(i => (i + 0.5) / sheet.Seeds[0].Series["settings-with-memory"].Length)];
        sheet.Add(
            [SettingsPanel(sheet, ranks, 0), SettingsPanel(sheet, ranks, 1)],
            "settings.svg", "Scores over random settings",
            "Two charts of the sorted scores of random settings, with and without adaptation.",
            "Gain, slope and input scale are drawn at random; scores are sorted within a reservoir. Means over reservoirs with 95 % bands.");
    }

    private static Chart BalancePanel(FigureSheet sheet, int task)
    {
        var panel = new Chart("balance B", new Axis(_labels[task], Minimum: 0));
        for (var gain = 0; gain < TuningGrid.Gains.Length; gain++)
            panel.SeedMean(Reproduction.Balances, sheet.Series($"balances-{TaskSeries.Names[task]}-{gain}"), $"gain {TuningGrid.Gains[gain]:0}", _positive);
        return panel;
    }

    private static Chart RatePanel(FigureSheet sheet, int task)
    {
        var name = TaskSeries.Names[task];
        var panel = new Chart(Axis.Around("target rate", Reproduction.TargetRatesSwept), new Axis(_labels[task], Minimum: 0));
        panel.SeedMean(Reproduction.TargetRatesSwept, sheet.Series($"rates-{name}"), "adapted", _positive);
        panel.SeedMean(Reproduction.TargetRatesSwept, sheet.Series($"one-step-{name}"), "one step", _positive);
        var levels = SeedStatistics.MeanCurve(sheet.Series($"levels-{name}"));
        double[] ends = [Reproduction.TargetRatesSwept[0], Reproduction.TargetRatesSwept[^1]];
        panel.Line(ends, [levels[0], levels[0]], "globally tuned");
        panel.Line(ends, [levels[1], levels[1]], "heterogeneous");
        return panel;
    }

    private static Chart SettingsPanel(FigureSheet sheet, double[] ranks, int task)
    {
        var name = TaskSeries.Names[task];
        var panel = new Chart(new Axis("share of the settings", Minimum: 0, Maximum: 1), new Axis(_labels[task], Minimum: 0));
        panel.SeedMean(ranks, sheet.Series($"settings-with-{name}"), "with adaptation", _positive);
        panel.SeedMean(ranks, sheet.Series($"settings-without-{name}"), "without", _positive);
        return panel;
    }

    private static double[] Density(double[] rates)
    {
        var density = new double[Bins];
        foreach (var rate in rates)
            density[Math.Min(Bins - 1, (int)(rate * Bins))] += (double)Bins / rates.Length;
        return density;
    }
}
