using DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.AfKan;

/// <summary>The figures: losses and accuracies, functions, times.</summary>
internal static class Figures
{
    private static readonly string[] _names = ["MLP", "ReLU-KAN", "AF-KAN", "small MLP", "small AF-KAN"];

    internal static void Draw(FigureSheet sheet)
    {
        if (sheet.Seeds.All(seed => seed.Series.ContainsKey("accuracies")))
        {
            sheet.Add([LossPanel(sheet), AccuracyPanel(sheet)], "training.svg", "Training loss and test accuracy",
                "Left, training loss against the share of training for five networks. Right, the test accuracy of every seed for the five.",
                "Left: geometric means over seeds with 95 % bands, each point the mean loss of a twentieth of training. Right: one mark a seed, and to the right of them their mean.");
            sheet.Add([ReluPanel(), SiluPanel(sheet)], "functions.svg", "Functions of an input",
                "Left, six bell-shaped bumps of ReLU-KAN side by side, each of height one. Right, AF-KAN's six functions after training, wide curves that overlap everywhere.",
                $"Left: ReLU-KAN's at the start. Right: AF-KAN's with SiLU in the first layer after training, seed {sheet.Seeds[0].Seed}, before they are scaled.");
        }
        var times = sheet.Series("milliseconds");
        var chart = new Chart(
            new Axis("network", Minimum: 0.5, Maximum: 5.5), new Axis("milliseconds a training step", Logarithmic: true, Minimum: 0.7 * times.Min(each => each.Min()), Maximum: 1.5 * times.Max(each => each.Max())));
        for (var i = 0; i < _names.Length; i++)
            chart.Points([.. times.Select(_ => i + 1.0)], [.. times.Select(each => each[i])], $"{i + 1} {_names[i]}");
        sheet.Add(chart, "times.svg", "Time of a training step",
            "Time of a training step in milliseconds, on a logarithmic axis, of the five networks. Those with functions take several times as long as the MLPs.",
            "Batches of 64, one thread, processor time; a mark a seed, each the median of interleaved rounds.");
    }

    private static Chart LossPanel(FigureSheet sheet)
    {
        var panel = new Chart(new Axis("share of training", Minimum: 0, Maximum: 1), new Axis("training loss (nats)", Logarithmic: true)) { Heading = "training loss" };
        double[] shares = [.. Enumerable.Range(0, NetworkTraining.Looks).Select(look => (look + 0.5) / NetworkTraining.Looks)];
        foreach (var (kind, name) in NetworkTraining.Kinds.Zip(_names))
            panel.SeedGeometricMean(shares, sheet.Series($"loss-{kind}"), name);
        return panel;
    }

    private static Chart AccuracyPanel(FigureSheet sheet)
    {
        var accuracies = sheet.Series("accuracies");
        double[] places = [1, 2, 3, 4, 5];
        var panel = new Chart(
            new Axis("1 MLP, 2 ReLU, 3 AF, 4, 5 small MLP, AF", Minimum: 0.5, Maximum: 5.5), Axis.Around("test accuracy (%)", [.. accuracies.SelectMany(each => each)]))
        { Heading = "test accuracy" };
        panel.Points([.. accuracies.SelectMany(_ => places)], [.. accuracies.SelectMany(each => each)], "a seed");
        panel.Points([.. places.Select(place => place + 0.2)], [.. places.Select((_, i) => accuracies.Average(each => each[i]))], "mean, to the right");
        return panel;
    }

    private static Chart ReluPanel()
    {
        using var scope = NewDisposeScope();
        using var layer = new ReluKanLayer(1, 1, norm: InputNorm.None);
        using var inference = no_grad();
        var bumps = layer.Bumps(tensor(NetworkTraining.Places, dtype: float32).unsqueeze(1)).squeeze(1);
        var panel = new Chart(new Axis("x", Minimum: -1.5, Maximum: 2.5), new Axis("R(x)", Minimum: 0, Maximum: 1.05)) { Heading = "ReLU-KAN" };
        for (var i = 0; i < bumps.shape[1]; i++)
            panel.Line(NetworkTraining.Places, bumps.select(1, i).to(float64).data<double>().ToArray(), $"{i + 1}");
        return panel;
    }

    private static Chart SiluPanel(FigureSheet sheet)
    {
        var panel = new Chart(new Axis("x", Minimum: -1.5, Maximum: 2.5), "(A B)²") { Heading = "AF-KAN" };
        for (var i = 0; i < 6; i++)
            panel.Line(NetworkTraining.Places, sheet.Seeds[0].Series[$"function-{i}"], $"{i + 1}");
        return panel;
    }
}
