using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.ClassImbalance;

/// <summary>The figures: means over seeds with 95 % bands.</summary>
internal static class Figures
{
    private static readonly string[] _labels = ["baseline", "oversampling", "undersampling", "two-phase, over", "two-phase, under"];

    private static readonly Interval _percent = new(0, 100);

    internal static void Draw(FigureSheet sheet)
    {
        // Nothing was measured without the images.
        if (!sheet.Seeds[0].Series.ContainsKey(Reproduction.Name("auc", "baseline", Reproduction.Shares[0])))
            return;
        double[] ratios = [1, .. Reproduction.Ratios(sheet.Setting)];
        var lowest = Lowest(sheet, "auc");
        sheet.Add(
            [.. Reproduction.Shares.Select(share => AucPanel(sheet, ratios, share, lowest))],
            "auc.svg", "Area under the ROC curve by imbalance and remedy",
            "Three line charts, one for each share of small classes, of the AUC against the ratio of large to small classes, for five methods. All curves fall with the ratio, the more the more classes are small; undersampling falls most where few classes are small.",
            "Means over seeds with 95 % bands. At ratio 1 the data are balanced and all methods are the same.");

        var floor = Math.Min(Lowest(sheet, "accuracy"), Lowest(sheet, "thresholded"));
        sheet.Add(
            [.. Reproduction.Shares.Select(share => AccuracyPanel(sheet, ratios, share, floor))],
            "accuracy.svg", "Accuracy on balanced test data, with thresholding and without",
            "Three line charts of test accuracy against the ratio for the baseline, the baseline with thresholding, oversampling and undersampling. Thresholding lifts the baseline at large ratios.",
            "Means over seeds with 95 % bands. Thresholding divides the outputs by the class priors of the training data.");

        var steps = sheet.Setting.Whole("steps");
        double[] looks = [.. Enumerable.Range(1, ImbalanceExperiment.Looks).Select(look => (double)(steps * look / ImbalanceExperiment.Looks))];
        var bottom = Math.Floor(Reproduction.Shares.Min(share => sheet.Series(Reproduction.Name("curve", "baseline", share)).Min(values => values.Min())) / 5) * 5;
        sheet.Add(
            [.. Reproduction.Shares.Select(share => CurvePanel(sheet, looks, share, bottom))],
            "curves.svg", "Test AUC during training at the largest ratio",
            "Three line charts of the test AUC against the step, for the baseline and oversampling. Neither falls towards the end of training.",
            "Means over seeds with 95 % bands at the largest ratio. A curve that falls at the end would show overfitting.");
    }

    // Below every seed, and in round numbers, so that bands are not cut.
    private static double Lowest(FigureSheet sheet, string what) => Math.Floor(
        Reproduction.Shares.Min(share => Reproduction.Methods.Min(method => sheet.Series(Reproduction.Name(what, method, share)).Min(values => values.Min()))) / 5) * 5;

    private static Axis RatioAxis(double[] ratios) => new("ratio of large to small classes", Logarithmic: true, Minimum: 1, Maximum: 1.15 * ratios[^1]);

    private static string Heading(double share) => FormattableString.Invariant($"{100 * share:0} % of the classes small");

    private static Chart AucPanel(FigureSheet sheet, double[] ratios, double share, double lowest)
    {
        var panel = new Chart(RatioAxis(ratios), new Axis("test AUC (%)", Minimum: lowest, Maximum: 100)) { Heading = Heading(share) };
        for (var method = 0; method < _labels.Length; method++)
            panel.SeedMean(ratios, sheet.Series(Reproduction.Name("auc", Reproduction.Methods[method], share)), _labels[method], _percent);
        return panel;
    }

    private static Chart AccuracyPanel(FigureSheet sheet, double[] ratios, double share, double lowest)
    {
        var panel = new Chart(RatioAxis(ratios), new Axis("test accuracy (%)", Minimum: lowest, Maximum: 100)) { Heading = Heading(share) };
        panel.SeedMean(ratios, sheet.Series(Reproduction.Name("accuracy", "baseline", share)), "baseline", _percent);
        panel.SeedMean(ratios, sheet.Series(Reproduction.Name("accuracy", "over", share)), "oversampling", _percent);
        panel.SeedMean(ratios, sheet.Series(Reproduction.Name("accuracy", "under", share)), "undersampling", _percent);
        panel.SeedMean(ratios, sheet.Series(Reproduction.Name("thresholded", "baseline", share)), "thresholding", _percent);
        return panel;
    }

    private static Chart CurvePanel(FigureSheet sheet, double[] looks, double share, double lowest)
    {
        var panel = new Chart(new Axis("step", Minimum: 0), new Axis("test AUC (%)", Minimum: lowest, Maximum: 100)) { Heading = Heading(share) };
        panel.SeedMean(looks, sheet.Series(Reproduction.Name("curve", "baseline", share)), "baseline", _percent);
        panel.SeedMean(looks, sheet.Series(Reproduction.Name("curve", "over", share)), "oversampling", _percent);
        return panel;
    }
}
