using DailyPapers.Lab.Data;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.LipschitzTransformers;

/// <summary>The figures.</summary>
internal static class Figures
{
    private static readonly (string Name, string Label)[] _optimizers = [("adamw", "AdamW"), ("muon", "Muon")];

    internal static void Draw(FigureSheet sheet)
    {
        var panels = new List<Chart>();
        var withImages = FashionMnist.FindFolder() is not null;
        if (withImages)
            panels.Add(Panel(sheet, "mlp", "losses", "test loss (nats)", "perceptron"));
        panels.Add(Panel(sheet, "transformer", "losses", "test loss (nats a letter)", "transformer"));
        sheet.Add(
            panels, "loss-by-bound.svg", "Test loss by the certified Lipschitz bound",
            "Charts of the test loss against the certified Lipschitz bound on a logarithmic axis, for AdamW and for Muon under spectral normalisation of several strengths; the loss falls as the bound grows.",
            "One point a seed and strength; σ_max is 1, 2, 4 and, for perceptrons, 8.");
        if (withImages)
        {
            sheet.Add(
                Panel(sheet, "mlp", "robust", "accuracy under attack (%)", ""), "robust-by-bound.svg", "Accuracy under attack by the certified Lipschitz bound",
                "A chart of the accuracy under attack against the certified Lipschitz bound on a logarithmic axis, for perceptrons trained with AdamW and with Muon.",
                "One point a seed and strength; projected gradient descent of ten steps at the declared ε.");
        }
    }

    private static Chart Panel(FigureSheet sheet, string network, string series, string label, string heading)
    {
        double[] all = [.. _optimizers.SelectMany(optimizer => sheet.Series($"{network}-{optimizer.Name}-{series}").SelectMany(values => values))];
        var panel = new Chart(new Axis("certified bound", Logarithmic: true), Axis.Around(label, all)) { Heading = heading };
        foreach (var (name, title) in _optimizers)
        {
            panel.Points(
                [.. sheet.Series($"{network}-{name}-bounds").SelectMany(values => values.Select(Math.Exp))],
                [.. sheet.Series($"{network}-{name}-{series}").SelectMany(values => values)], title);
        }
        return panel;
    }
}
