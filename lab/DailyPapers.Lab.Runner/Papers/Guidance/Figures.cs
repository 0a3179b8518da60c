using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.Guidance;

/// <summary>The figures: one dot a seed.</summary>
internal static class Figures
{
    private static readonly string[] _ways = ["alone", "guided", "guided for a tenth of the steps"];

    internal static void Draw(FigureSheet sheet)
    {
        if (sheet.Seeds.All(seed => seed.Series.ContainsKey("dense-test")))
        {
            sheet.Add(
                [Panel(sheet, "dense", "20 fully connected layers"), Panel(sheet, "plain", "20 convolutional layers")], "accuracy.svg", "Accuracy with and without a guide",
                "Two dot plots of test accuracy, for a fully connected and a convolutional network of 20 layers, each trained alone, guided, and guided early; the second also shows the residual guide.",
                "Dots are seeds, horizontally by training in the order of the legend. A coin would be right in 10 %.");
            sheet.Add(
                [Overfitting(sheet, "dense", "20 fully connected layers"), Overfitting(sheet, "plain", "20 convolutional layers")], "overfitting.svg", "Training accuracy against test accuracy",
                "Two scatter plots of training accuracy against test accuracy, one dot a seed and training.",
                "The further a dot lies above the diagonal, the more its network has overfitted.");
        }
        var copy = new Chart(new Axis("network, in the legend's order", Minimum: 0.5, Maximum: 4.5), new Axis("symbols said wrongly (%)", Minimum: 0, Maximum: 100));
        var series = sheet.Series("copy");
        string[] names = [.. _ways, "transformer, the guide"];
        for (var way = 0; way < names.Length; way++)
            copy.Points(Places(way, series.Count), [.. series.Select(values => 100 * values[way])], names[way]);
        copy.HorizontalRule(87.5, "guessing");
        sheet.Add(
            copy, "copy.svg", "Errors on the copy task", "Dot plot of the share of wrong symbols for a recurrent network trained alone, guided, and guided early, and for the transformer that guides it.",
            "Dots are seeds, horizontally by network in the order of the legend; less is better.");
    }

    private static Chart Panel(FigureSheet sheet, string network, string heading)
    {
        var residual = network == "plain";
        var chart = new Chart(new Axis("training, in the legend's order", Minimum: 0.5, Maximum: residual ? 4.5 : 3.5), new Axis("test accuracy (%)", Minimum: 0, Maximum: 100)) { Heading = heading };
        var series = sheet.Series($"{network}-test");
        for (var way = 0; way < _ways.Length; way++)
            chart.Points(Places(way, series.Count), [.. series.Select(values => values[way])], _ways[way]);
        if (residual)
            chart.Points(Places(3, series.Count), [.. sheet.Series("residual").Select(values => values[0])], "residual network, the guide");
        return chart;
    }

    private static Chart Overfitting(FigureSheet sheet, string network, string heading)
    {
        var (test, train) = (sheet.Series($"{network}-test"), sheet.Series($"{network}-train"));
        var chart = new Chart(new Axis("test accuracy (%)", Minimum: 0, Maximum: 100), new Axis("training accuracy (%)", Minimum: 0, Maximum: 102)) { Heading = heading };
        for (var way = 0; way < _ways.Length; way++)
            chart.Points([.. test.Select(values => values[way])], [.. train.Select(values => values[way])], _ways[way]);
        chart.Line([0, 100], [0, 100], "equal");
        return chart;
    }

    private static double[] Places(int way, int seeds) => [.. Enumerable.Range(0, seeds).Select(seed => way + 1 + 0.1 * (seed - (seeds - 1) / 2.0))];
}
