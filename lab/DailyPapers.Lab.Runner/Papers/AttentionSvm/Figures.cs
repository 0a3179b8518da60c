using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.AttentionSvm;

/// <summary>The figures: means over seeds with 95 % bands.</summary>
internal static class Figures
{
    private static readonly Interval _share = new(0, 1);

    internal static void Draw(FigureSheet sheet)
    {
        sheet.Add(
            [DirectionPanel(sheet, "combined", "W trained"), DirectionPanel(sheet, "factored", "K and Q trained")],
            "directions.svg", "Two parametrizations, two directions",
            "Two line charts of correlation against steps. Trained as W, the direction tends to the Frobenius solution and stays away from the nuclear one; trained as K and Q it is the other way round.",
            "Means over the problems of a seed, then over seeds, with 95 % bands. Solutions are those for the tokens that the training selects.");

        double[] ranks = [.. Enumerable.Range(1, sheet.Series("combined-spectrum")[0].Length).Select(k => (double)k)];
        var spectrum = new Chart(new Axis("k", Minimum: 0.8, Maximum: ranks[^1] + 0.2), new Axis("k-th singular value (share of their sum)", Minimum: 0));
        spectrum.SeedMean(ranks, sheet.Series("combined-spectrum"), "W", _share);
        spectrum.SeedMean(ranks, sheet.Series("factored-spectrum"), "K Qᵀ", _share);
        sheet.Add(
            spectrum, "spectrum.svg", "Factors make the weights low-rank",
            "Line chart of singular values in falling order. Those of K times Q transposed fall to zero sooner than those of W.",
            "After the last step; means over problems and seeds with 95 % bands.");

        double[] trained = [.. SelectionByDimension.Trained.Select(d => (double)d)];
        double[] tried = [.. SelectionByDimension.Tried.Select(d => (double)d)];
        var selection = new Chart(new Axis("dimension d", Logarithmic: true, Minimum: 1.8, Maximum: 36), new Axis("share of trainings", Minimum: 0, Maximum: 1.02)) { Heading = "what training selects" };
        selection.SeedMean(trained, sheet.Series("global"), "best tokens", _share);
        selection.SeedMean(trained, sheet.Series("local"), "others, at their margin", _share);
        selection.SeedMean(trained, sheet.Series("neither"), "neither", _share);
        var separable = new Chart(new Axis("dimension d", Logarithmic: true, Minimum: 0.9, Maximum: 36), new Axis("share of problems", Minimum: 0, Maximum: 1.15)) { Heading = "what can be separated" };
        separable.SeedMean(tried, sheet.Series("separable-best"), "best tokens", _share);
        separable.SeedMean(tried, sheet.Series("separable-random"), "random tokens", _share);
        separable.VerticalRule(SelectionByDimension.Size, "max(T−1, n)");
        sheet.Add(
            [selection, separable], "selection.svg", "More dimensions, better tokens",
            "Two line charts against dimension. Left: the share of trainings that select the best tokens rises, others fall. Right: the share of problems whose tokens can be separated rises to one.",
            "n = T = 6. Means over seeds with 95 % bands. At their margin: the direction correlates above 0.95 with the margin solution for the tokens selected.");
    }

    private static Chart DirectionPanel(FigureSheet sheet, string arm, string heading)
    {
        double[] steps = [.. ImplicitBias.Checkpoints(sheet.Setting.Whole("steps")).Select(step => (double)step)];
        var panel = new Chart(new Axis("steps", Logarithmic: true, Minimum: 10), new Axis("correlation", Minimum: 0.3, Maximum: 1.02)) { Heading = heading };
        panel.SeedMean(steps, sheet.Series($"{arm}-frobenius-curve"), "least Frobenius norm", new Interval(-1, 1));
        panel.SeedMean(steps, sheet.Series($"{arm}-nuclear-curve"), "least nuclear norm", new Interval(-1, 1));
        return panel;
    }
}
