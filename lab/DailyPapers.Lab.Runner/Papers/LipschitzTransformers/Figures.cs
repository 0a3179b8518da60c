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
            "Charts of the test loss against the logarithm of the certified Lipschitz bound, for AdamW and for Muon under spectral normalisation of several strengths; the loss falls as the bound grows.",
            "One point a seed and strength; σ_max is 1, 2, 4 and, for perceptrons, 8.");
        if (withImages)
        {
            sheet.Add(
                Panel(sheet, "mlp", "robust", "accuracy under attack (%)", ""), "robust-by-bound.svg", "Accuracy under attack by the certified Lipschitz bound",
                "A chart of the accuracy under attack against the logarithm of the certified Lipschitz bound, for perceptrons trained with AdamW and with Muon.",
                "One point a seed and strength; projected gradient descent of ten steps at the declared ε.");
        }
    }

    private static Chart Panel(FigureSheet sheet, string network, string series, string label, string heading)
    {
        double[] all = [.. _optimizers.SelectMany(optimizer => sheet.Series($"{network}-{optimizer.Name}-{series}").SelectMany(values => values))];
        double[] bounds = [.. _optimizers.SelectMany(optimizer => sheet.Series($"{network}-{optimizer.Name}-bounds").SelectMany(values => values.Select(Decades)))];
        var panel = new Chart(Axis.Around("log₁₀ of the certified bound", bounds), Axis.Around(label, all)) { Heading = heading };
        foreach (var (name, title) in _optimizers)
        {
            panel.Points(
                [.. sheet.Series($"{network}-{name}-bounds").SelectMany(values => values.Select(Decades))],
                [.. sheet.Series($"{network}-{name}-{series}").SelectMany(values => values)], title);
        }
        return panel;

        static double Decades(double naturalLogarithm) => naturalLogarithm / Math.Log(10);
    }
}
