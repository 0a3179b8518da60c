using DailyPapers.Lab.Architectures.KolmogorovArnold.Rational;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.KolmogorovArnoldTransformer;

/// <summary>The figures: losses and accuracies, learnt functions, times.</summary>
internal static class Figures
{
    private const int DrawnGroups = 5;

    internal static void Draw(FigureSheet sheet)
    {
        if (ClassifierComparison.IsMeasured(sheet))
        {
            sheet.Add([Transformers.Comparison.LossPanel(sheet), Transformers.Comparison.AccuracyPanel(sheet)], "training.svg", "Training and test accuracy",
                "Left, training loss against the share of training for four feed-forward parts. Right, the test accuracy of every seed for the four.",
                "Left: geometric means over seeds with 95 % bands, each point the mean loss of a twentieth of training. Right: one mark a seed, and to the right of them their mean.");
            DrawFunctions(sheet);
        }
        DrawTimes(sheet);
    }

    private static void DrawFunctions(FigureSheet sheet)
    {
        var places = Transformers.Places;
        var chart = new Chart(new Axis("x", Minimum: -4, Maximum: 4), new Axis("F(x)"));
        chart.Line(places, [.. places.Select(x => RationalFit.Evaluate(RationalTarget.Swish, x))], "Swish, the start");
        for (var group = 0; group < DrawnGroups; group++)
            chart.Line(places, sheet.Seeds[0].Series[$"function-{group}"], $"group {group + 1}");
        sheet.Add(chart, "functions.svg", "Learnt functions",
            "Six curves from minus 4 to 4: Swish, and five of the eight rational functions that a layer ended with, near it in the middle and apart at the ends.",
            $"Second layer of the last block, seed {sheet.Seeds[0].Seed}; the first five of eight groups. The numerator is shared by all groups, so the curves meet where it is 0 and near x = 0.");
    }

    private static void DrawTimes(FigureSheet sheet)
    {
        var times = sheet.Series("milliseconds");
        string[] names = ["fused", "fused, per channel", "composed", "fused layer", "composed layer", "B-spline layer", "GELU layer"];
        var chart = new Chart(
            Axis.OfCategories("", names), new Axis("milliseconds forward and back", Logarithmic: true, Minimum: 0.7 * times.Min(each => each.Min()), Maximum: 1.5 * times.Max(each => each.Max())));
        chart.Points([.. times.SelectMany(each => each.Select((_, place) => (double)place))], [.. times.SelectMany(each => each)], "");
        sheet.Add(chart, "times.svg", "Time of a pass forward and back",
            "Time in milliseconds, on a logarithmic axis, of three activations on 256 channels and of four layers from 64 to 256 channels; the two fused activations are several times faster than the composed one, and the B-spline layer is the slowest of all.",
            "2,048 rows, one thread, processor time; a mark a seed, each the median of interleaved rounds.");
    }
}
