using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.Guidance;

/// <summary>The figures: one dot a seed.</summary>
internal static class Figures
{
    private static readonly string[] _ways = ["alone", "guided", "guided for a tenth of the steps"];
    private static readonly string[] _plain = ["alone", "guided", "residual network, the guide"];

    internal static void Draw(FigureSheet sheet)
    {
        if (sheet.Seeds.All(seed => seed.Series.ContainsKey("dense-test")))
        {
            sheet.Add(
                [Panel(sheet, "dense", "fully connected"), Panel(sheet, "plain", "convolutional")], "accuracy.svg", "Accuracy with and without a guide",
                "Two dot plots of test accuracy, for a fully connected network of 20 layers trained alone, guided, and guided early, and for a convolutional one trained alone and guided, with its residual guide.",
                "Dots are seeds. Guessing is right in 10 %.");
            sheet.Add(
                [Overfitting(sheet, "dense", "fully connected"), Overfitting(sheet, "plain", "convolutional")], "overfitting.svg", "Training accuracy against test accuracy",
                "Two scatter plots of training accuracy against test accuracy, one dot a seed and training.",
                "Dots are seeds. Training accuracy is higher than test accuracy everywhere; the further up a dot lies for its place, the more its network has overfitted.");
        }
        string[] names = [.. _ways, "transformer, the guide"];
        var copy = new Chart(Axis.OfCategories("", names), new Axis("symbols said wrongly (%)", Minimum: -2, Maximum: 100));
        var series = sheet.Series("copy");
        for (var way = 0; way < names.Length; way++)
            copy.Points(Places(way, series.Count), [.. series.Select(values => 100 * values[way])], "");
        copy.HorizontalRule(87.5, "guessing");
        sheet.Add(
            copy, "copy.svg", "Errors on the copy task", "Dot plot of the share of wrong symbols for a recurrent network trained alone, guided, and guided early, and for the transformer that guides it.",
            "Dots are seeds; less is better.");
    }

    private static Chart Panel(FigureSheet sheet, string network, string heading)
    {
        var test = sheet.Series($"{network}-test");
        var ways = network == "plain" ? _plain : _ways;
        double[][] values = network == "plain" ? [.. test.Zip(sheet.Series("residual"), (seed, guide) => (double[])[.. seed, guide[0]])] : [.. test];
        var chart = new Chart(Axis.OfCategories("", ways), Axis.Around("test accuracy (%)", [.. values.SelectMany(seed => seed)])) { Heading = heading };
        for (var way = 0; way < ways.Length; way++)
            chart.Points(Places(way, values.Length), [.. values.Select(seed => seed[way])], "");
        return chart;
    }

    private static Chart Overfitting(FigureSheet sheet, string network, string heading)
    {
        var (test, train) = (sheet.Series($"{network}-test"), sheet.Series($"{network}-train"));
        var chart = new Chart(
            Axis.Around("test accuracy (%)", [.. test.SelectMany(values => values)]), Axis.Around("training accuracy (%)", [.. train.SelectMany(values => values)]))
        { Heading = heading };
        for (var way = 0; way < test[0].Length; way++)
            chart.Points([.. test.Select(values => values[way])], [.. train.Select(values => values[way])], _ways[way]);
        return chart;
    }

    private static double[] Places(int way, int seeds) => [.. Enumerable.Range(0, seeds).Select(seed => way + 0.1 * (seed - (seeds - 1) / 2.0))];
}
