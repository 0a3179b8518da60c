using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.FinalMlp;

/// <summary>The figures: values of all seeds, and means over seeds with 95 % bands.</summary>
internal static class Figures
{
    private static readonly (string Model, string Label)[] _shown =
    [
        ("regression", "logistic regression"), ("mlp", "one MLP"), ("dual", "DualMLP"), ("deepfm", "DeepFM"), ("dcn", "DCN v2"), ("final", "FinalMLP"),
        ("final-context", "FinalMLP, fields as context"),
    ];

    private static readonly (string Model, string Label)[] _fusions =
    [
        ("dual", "sum"), ("concat", "concatenation"), ("hadamard", "element-wise product"), ("heads-all", "bilinear, 64 heads"), ("heads-8", "bilinear, 8 heads"), ("heads-1", "bilinear, 1 head"),
    ];

    internal static void Draw(FigureSheet sheet)
    {
        sheet.Add(
            Gaps(sheet, _shown), "models.svg", "How far models are from the true logits",
            "Dot plot of the AUC lost against the true logits, for seven models, one dot a seed. Logistic regression loses most.",
            "Dots are seeds, horizontally by model in the order of the legend; less is better. All models but the first have as many parameters as FinalMLP.");
        sheet.Add(
            Gaps(sheet, _fusions), "fusions.svg", "Fusions of two streams without gates",
            "Dot plot of the AUC lost against the true logits, for six ways to fuse two streams, one dot a seed.",
            "Dots are seeds, horizontally by fusion in the order of the legend; less is better. Streams of bilinear fusions are 64 wide, others wider.");

        double[] heads = [1, 8, sheet.Setting.Whole("width")];
        int[] places = [Place("heads-1"), Place("heads-8"), Place("heads-all")];
        var quality = new Chart(new Axis("k, heads", Logarithmic: true, Minimum: 0.9, Maximum: heads[2] * 1.1), "AUC lost (points)") { Heading = "quality" };
        quality.SeedMean(heads, [.. Lost(sheet).Select(lost => places.Select(place => lost[place]).ToArray())], "without gates");
        var width = (double)sheet.Setting.Whole("width");
        var cost = new Chart(new Axis("k, heads", Logarithmic: true, Minimum: 0.9, Maximum: heads[2] * 1.1), new Axis("parameters", Logarithmic: true)) { Heading = "parameters of the products" };
        cost.Line(heads, [.. heads.Select(k => width * width / k)], "products");
        sheet.Add(
            [quality, cost], "heads.svg", "Number of heads",
            "Two line charts against the number of heads: the AUC lost against the true logits, and the number of the products' parameters, which falls as one over the number of heads.",
            "Mean over seeds with a 95 % band; the interval is over data sets too, which differ in how much can be lost.");
    }

    private static int Place(string model) => Array.IndexOf(ClickExperiment.Models, model);

    // AUC of the true logits less a model's, by seed and model.
    private static double[][] Lost(FigureSheet sheet) =>
        [.. sheet.Series("auc").Zip(sheet.Series("oracle"), (models, oracle) => models.Select(auc => oracle[0] - auc).ToArray())];

    private static Chart Gaps(FigureSheet sheet, (string Model, string Label)[] models)
    {
        var lost = Lost(sheet);
        var chart = new Chart(new Axis("model, in the legend's order", Minimum: 0.5, Maximum: models.Length + 0.5), new Axis("AUC lost against the true logits (points)", Minimum: 0));
        for (var i = 0; i < models.Length; i++)
        {
            var place = Place(models[i].Model);
            chart.Points([.. lost.Select((_, seed) => i + 1 + 0.06 * (seed - (lost.Length - 1) / 2.0))], [.. lost.Select(seed => seed[place])], models[i].Label);
        }
        return chart;
    }
}
