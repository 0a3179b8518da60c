using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.LongTailMemorization;

/// <summary>The figures: means over seeds with 95 % bands.</summary>
internal static class Figures
{
    internal static void Draw(FigureSheet sheet)
    {
        sheet.Add(
            [WeightPanel(sheet, "zipf", "Zipf prior", 0.3, 10), WeightPanel(sheet, "two-level", "two-level prior", 0.002, 100)],
            "frequency.svg", "What a subpopulation seen ℓ times is worth",
            "Two charts of expected frequency times sample size against the number of sightings. Under the Zipf prior the curve stays close below the diagonal; under the two-level prior it lies two hundred times below it for few sightings and then jumps.",
            "Lines: n τ_ℓ by the theorem's formula. Marks: mean of n D(x) over the subpopulations seen ℓ times, where there are at least 20. Dashed: their share of the sample. Means over seeds.");
        sheet.Add(
            [PricePanel(sheet, "long", "Zipf prior"), PricePanel(sheet, "short", "two-level prior")],
            "price.svg", "What networks lose by not fitting",
            "Two line charts of points of test error lost against the training error that weight decay causes, with the theorem's price. Both rise together under the Zipf prior and stay near zero under the two-level prior while the training error rises.",
            "Networks with growing weight decay, from left to right: test error less that of the network without, and the price Σ τ_ℓ errn_ℓ of their own training errors. Means over seeds; bands are 95 % intervals.");

        double[] sizes = [.. MemorizedExamples.SizesFrom.Select(from => (double)from)];
        var memorization = new Chart(
            new Axis("training examples of the same subpopulation, from", Logarithmic: true, 0.9, 20), new Axis("mean memorisation score", Minimum: 0, Maximum: 1));
        memorization.SeedMean(sizes, sheet.Series("mixture-memorization"), "Gaussian subpopulations", new Interval(0, 1));
        memorization.SeedMean(sizes, sheet.Series("digits-memorization"), "digits", new Interval(0, 1));
        double[] few = [1, 2, 3, 4, 5, 6, 7, 8];
        memorization.Line(few, [.. few.Select(size => 0.9 * Math.Pow(1 - MemorizedExamples.Kept, size - 1))], "if one look at the subpopulation sufficed");
        sheet.Add(
            memorization, "memorization.svg", "Rare examples are memorised",
            "Line chart of the mean memorisation score against the number of examples of the same subpopulation. It falls steeply from singletons to pairs and on, for Gaussian subpopulations as predicted, for digits from a lower start.",
            "Means over seeds with 95 % bands, over subpopulations of 1, 2, 3 to 4, 5 to 8, 9 to 16, and 17 or more training examples. Dotted: the score if an example is classified rightly when at least one of its subpopulation was trained on, and otherwise guessed among ten classes.");

        sheet.Add(
            [
                EffectPanel(sheet, "privacy", [0, .. DisparateEffects.Epsilons.Select(epsilon => 1 / epsilon)], "1/ε (0: no privacy)", "DP-SGD"),
                EffectPanel(sheet, "compression", [0, .. DisparateEffects.Sparsities], "share of weights set to 0", "pruning"),
            ],
            "disparity.svg", "Whom privacy and compression hurt",
            "Two line charts of the test error of the frequent and of the rare half of a Zipf population, against the strength of privacy and of pruning.",
            "Means over seeds with 95 % bands. The frequent half are the most frequent subpopulations that make up half of all examples.");
    }

    private static Chart WeightPanel(FigureSheet sheet, string prior, string heading, double lowest, double highest)
    {
        double[] seen = [.. Enumerable.Range(1, DiscreteModel.Most).Select(times => (double)times)];
        var panel = new Chart(new Axis("ℓ, times seen", Minimum: 0.7, Maximum: DiscreteModel.Most + 0.3), new Axis("n × expected frequency", Logarithmic: true, lowest, highest)) { Heading = heading };
        panel.Line(seen, SeedStatistics.MeanCurve(sheet.Series($"{prior}-tau")), "n τ_ℓ, theory");
        panel.PointsOfLastSeries(seen, SeedStatistics.MeanCurve(sheet.Series($"{prior}-frequency")));
        panel.Line(seen, seen, "share of the sample");
        return panel;
    }

    private static Chart PricePanel(FigureSheet sheet, string tail, string heading)
    {
        var training = SeedStatistics.MeanCurve(sheet.Series($"{tail}-training"));
        var panel = new Chart(new Axis("training error (%)", Minimum: -0.3), new Axis("points of test error", Minimum: -2, Maximum: 12)) { Heading = heading };
        panel.SeedMean(training, sheet.Series($"{tail}-excess"), "measured loss");
        panel.SeedMean(training, sheet.Series($"{tail}-price"), "price, Σ τ_ℓ errn_ℓ");
        return panel;
    }

    private static Chart EffectPanel(FigureSheet sheet, string effect, double[] strengths, string label, string heading)
    {
        var panel = new Chart(Axis.Around(label, strengths), new Axis("test error (%)", Minimum: 0, Maximum: 100)) { Heading = heading };
        panel.SeedMean(strengths, sheet.Series($"{effect}-frequent"), "frequent half", new Interval(0, 100));
        panel.SeedMean(strengths, sheet.Series($"{effect}-rare"), "rare half", new Interval(0, 100));
        return panel;
    }
}
