using DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.AfKan;

/// <summary>The figures: losses and accuracies, functions, times.</summary>
internal static class Figures
{
    internal static void Draw(FigureSheet sheet)
    {
        if (ClassifierComparison.IsMeasured(sheet))
        {
            sheet.Add([Networks.Comparison.LossPanel(sheet), Networks.Comparison.AccuracyPanel(sheet)], "training.svg", "Training loss and test accuracy",
                "Left, training loss against the share of training for four networks. Right, the test accuracy of every seed for the four.",
                "Left: geometric means over seeds with 95 % bands, each point the mean loss of a twentieth of training. Right: one mark a seed, and to the right of them their mean.");
            sheet.Add([ReluPanel(), SiluPanel(sheet)], "functions.svg", "Functions of an input",
                "Left, six bell-shaped bumps of ReLU-KAN side by side, each of height one. Right, AF-KAN's six functions after training, wide curves that overlap everywhere.",
                $"Left: ReLU-KAN's at the start. Right: AF-KAN's with SiLU in the first layer after training, seed {sheet.Seeds[0].Seed}, before they are scaled.");
        }
        var times = sheet.Series("milliseconds");
        var chart = new Chart(
            Axis.OfCategories("", [.. Networks.Comparison.Arms.Select(arm => arm.Title)]),
            new Axis("milliseconds a training step", Logarithmic: true, Minimum: 0.7 * times.Min(each => each.Min()), Maximum: 1.5 * times.Max(each => each.Max())));
        chart.Points([.. times.SelectMany(each => each.Select((_, place) => (double)place))], [.. times.SelectMany(each => each)], "");
        sheet.Add(chart, "times.svg", "Time of a training step",
            "Time of a training step in milliseconds, on a logarithmic axis, of the four networks. AF-KAN takes several times as long as the MLP.",
            "Batches of 64, one thread, processor time; a mark a seed, each the median of interleaved rounds.");
    }

    private static Chart ReluPanel()
    {
        using var scope = NewDisposeScope();
        using var layer = new ReluKanLayer(1, 1, norm: InputNorm.None);
        using var inference = no_grad();
        var bumps = layer.Bumps(tensor(Networks.Places, dtype: float32).unsqueeze(1)).squeeze(1);
        var panel = new Chart(new Axis("x", Minimum: -1.5, Maximum: 2.5), new Axis("R(x)", Minimum: 0, Maximum: 1.05)) { Heading = "ReLU-KAN" };
        for (var i = 0; i < bumps.shape[1]; i++)
            panel.Line(Networks.Places, bumps.select(1, i).to(float64).data<double>().ToArray(), $"{i + 1}");
        return panel;
    }

    private static Chart SiluPanel(FigureSheet sheet)
    {
        var panel = new Chart(new Axis("x", Minimum: -1.5, Maximum: 2.5), "(A B)²") { Heading = "AF-KAN" };
        for (var i = 0; i < 6; i++)
            panel.Line(Networks.Places, sheet.Seeds[0].Series[$"function-{i}"], $"{i + 1}");
        return panel;
    }
}
