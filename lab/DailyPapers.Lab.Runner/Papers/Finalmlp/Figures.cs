using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.Finalmlp;

/// <summary>The figures: differences within a seed, on the same data.</summary>
internal static class Figures
{
    private static readonly (string Model, string Label)[] _shown =
        [("mlp", "one MLP"), ("deepfm", "DeepFM"), ("dcn", "DCN v2"), ("final", "FinalMLP"), ("final-context", "FinalMLP, fields as context")];

    private static readonly (string Model, string Label)[] _fusions =
        [("concat", "concatenation"), ("hadamard", "element-wise product"), ("bilinear", "bilinear")];

    internal static void Draw(FigureSheet sheet)
    {
        sheet.Add(
            Differences(sheet, _shown, "AUC less DualMLP's (points)"), "models.svg", "Models against DualMLP",
            "Dot plot of the AUC of five models less that of DualMLP on the same data, one dot a seed, with a dotted line at zero. One MLP and both kinds of FinalMLP scatter around zero, DeepFM and DCN v2 lie above it.",
            "Dots are seeds; more is better. All have as many parameters as FinalMLP, apart from the embeddings of the contexts.");
        sheet.Add(
            Differences(sheet, _fusions, "AUC less the sum's (points)"), "fusions.svg", "Fusions of two streams without gates, against the sum",
            "Dot plot of the AUC of three ways to fuse two streams less that of adding their logits, one dot a seed, with a dotted line at zero. The element-wise product lies below it, the others around it.",
            "Dots are seeds; more is better. All have as many parameters as FinalMLP. A sum and a concatenation can say the same, so their difference shows the noise of training.");

        var width = sheet.Setting.Whole("width");
        double[] heads = [1, 8, width];
        int[] places = [Place("heads-1"), Place("heads-8"), Place("heads-all")];
        var quality = new Chart(new Axis("k, heads", Logarithmic: true, Minimum: 0.9, Maximum: width * 1.1), "AUC less that of one head (points)") { Heading = "quality" };
        quality.SeedMean(heads, [.. sheet.Series("auc").Select(auc => places.Select(place => auc[place] - auc[places[0]]).ToArray())], "without gates");
        var cost = new Chart(
            new Axis("k, heads", Logarithmic: true, Minimum: 0.9, Maximum: width * 1.1), new Axis("parameters", Logarithmic: true, Minimum: width * 0.8, Maximum: width * width * 1.2))
        { Heading = "parameters of the products" };
        cost.Line(heads, [.. heads.Select(k => width * width / k)], "products");
        sheet.Add(
            [quality, cost], "heads.svg", "Number of heads",
            "Two line charts against the number of heads: the AUC less that of one head, with a band that holds zero, and the number of the products' parameters, which falls as one over the number of heads.",
            "Mean over seeds with a 95 % band, by the same streams and data in every seed.");
    }

    private static int Place(string model) => Array.IndexOf(ClickExperiment.Models, model);

    private static Chart Differences(FigureSheet sheet, (string Model, string Label)[] models, string label)
    {
        var (auc, reference) = (sheet.Series("auc"), Place("dual"));
        var values = models.Select(model => auc.Select(seed => seed[Place(model.Model)] - seed[reference]).ToArray()).ToArray();
        var chart = new Chart(Axis.OfCategories("", [.. models.Select(model => model.Label)]), Axis.Around(label, [0, .. values.SelectMany(seeds => seeds)]));
        chart.HorizontalRule(0, "equal");
        for (var i = 0; i < models.Length; i++)
            chart.Points([.. values[i].Select((_, seed) => i + 0.06 * (seed - (auc.Count - 1) / 2.0))], values[i], "");
        return chart;
    }
}
