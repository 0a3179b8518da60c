using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.MoreIsBetter;

/// <summary>The figures: curves are theory, marks are means over seeds of what was simulated or measured.</summary>
internal static class Figures
{
    private static readonly double[] _contours = [0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2];

    /// <summary>Test error over n and k, simulated, with the theory's contours.</summary>
    internal static void DrawHeatMaps(FigureSheet sheet, int largest)
    {
        double[] sizes = [.. FeatureExperiments.HeatSizes(largest)];
        var range = new Interval(0.25, 1.5);
        var theory = FeatureTask.Gaussian.Theory;
        var fixedRidge = HeatPanel(sheet, sizes, "heat-fixed", "fixed ridge 0.01", range, (n, k) => theory.Predict(n, k, FeatureExperiments.FixedRidge).TestError);
        var tuned = HeatPanel(sheet, sizes, "heat-tuned", "optimal ridge", range, (n, k) => theory.PredictAtOptimalRidge(n, k).TestError);
        sheet.Add(
            [fixedRidge, tuned], "heat-map.svg", "Test error by samples and features",
            "Two heat maps of simulated test error over the number of samples and the number of features, with contour lines from theory. At a fixed small ridge a ridge of high error runs along the diagonal where both are equal. At the optimal ridge the error falls steadily towards many samples and many features.",
            "Colour: simulation, mean over seeds of one draw each. Colours end at 1.5. White lines: the closed form. Left, nobody tuned the ridge, and samples or features can hurt; right, more of either always helps.");
    }

    /// <summary>Test error along k and along n, at a fixed and at the tuned ridge.</summary>
    internal static void DrawCurves(FigureSheet sheet, int largest)
    {
        double[] sizes = [.. FeatureExperiments.CurveSizes(largest)];
        var held = largest / 4;
        var theory = FeatureTask.Gaussian.Theory;
        sheet.Add(
            [
                CurvePanel(sheet, sizes, "features", $"n = {held} samples", "features k", (k, tuned) => Predict(held, k, tuned)),
                CurvePanel(sheet, sizes, "samples", $"k = {held} features", "samples n", (n, tuned) => Predict(n, held, tuned)),
            ],
            "more-is-better.svg", "More features and more samples",
            "Two line charts of test error, against the number of features and against the number of samples. At a fixed small ridge both curves peak where the numbers are equal. At the tuned ridge both fall steadily.",
            "Lines: the closed form. Marks: simulation, mean over seeds; the tuned ridge is the best of 41 for the simulation, and the exact optimum for the theory.");

        double Predict(double n, double k, bool tuned) =>
            (tuned ? theory.PredictAtOptimalRidge(n, k) : theory.Predict(n, k, FeatureExperiments.FixedRidge)).TestError;
    }

    /// <summary>Test error against the ridge at several noise levels, kernel ridge regression on a power-law task.</summary>
    internal static void DrawRidgeCurves(FigureSheet sheet, int samples)
    {
        const double beta = 2;
        double[] shown = [0, 0.3, 1, 3, 10];
        var chart = new Chart(new Axis("ridge δ / (n κ₀)", Logarithmic: true, Minimum: 8e-4, Maximum: 500), new Axis("test error / noiseless ridgeless error", Logarithmic: true, Minimum: 0.8));
        var unit = PowerLawSimulation.Theory(beta, 0, samples).Predict(samples, double.PositiveInfinity, 0);
        double[] ridges = [.. PowerLawSimulation.RelativeRidges.Skip(1).Where(ridge => ridge is >= 1e-3 and <= 1e3)];
        double[] optimumX = new double[shown.Length], optimumY = new double[shown.Length];
        for (var i = 0; i < shown.Length; i++)
        {
            var theory = PowerLawSimulation.Theory(beta, shown[i], samples);
            chart.Line(ridges, [.. ridges.Select(ridge => theory.Predict(samples, double.PositiveInfinity, ridge * samples * unit.Kappa).TestError / unit.TestError)], $"noise {shown[i]}");
            var measured = SeedStatistics.MeanCurve(sheet.Series(Reproduction.Series("test", beta, shown[i])));
            var marks = Enumerable.Range(1, measured.Length - 1).Where(j => j % 6 == 1 && PowerLawSimulation.RelativeRidges[j] is >= 1e-3 and <= 1e3).ToArray();
            chart.PointsOfLastSeries([.. marks.Select(j => PowerLawSimulation.RelativeRidges[j])], [.. marks.Select(j => measured[j] / unit.TestError)]);
            var optimum = theory.PredictAtOptimalRidge(samples, double.PositiveInfinity);
            (optimumX[i], optimumY[i]) = (Math.Max(ridges[0], optimum.Ridge / (samples * unit.Kappa)), optimum.TestError / unit.TestError);
        }

        chart.Points(optimumX, optimumY, "optimum");
        sheet.Add(
            chart, "error-by-ridge.svg", "Test error by ridge and noise",
            "Line chart of test error against the ridge at five noise levels. Without noise and at noise 0.3 the error is least at the left edge, where the ridge vanishes; with more noise the optimum moves to larger ridges.",
            $"α = 1.5, β = 2, n = {samples}. Lines: the closed form; marks on them: simulation, mean over seeds. Noise is in units of the noiseless ridgeless error, and up to 0.67 the theorem makes interpolation optimal: there the marked optimum lies at a vanishing ridge, drawn at the left edge.");
    }

    /// <summary>Optimal fit ratio against noise for three targets.</summary>
    internal static void DrawFitRatios(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("label noise / noiseless ridgeless error", Logarithmic: true, Minimum: 0.04, Maximum: 130), new Axis("optimal E_train / E_test", Minimum: -0.02, Maximum: 1));
        double[] noises = [.. Enumerable.Range(0, 101).Select(i => 0.04 * Math.Pow(3250, i / 100.0))];
        double[] simulated = [.. PowerLawSimulation.RelativeNoise.Where(noise => noise > 0)];
        foreach (var beta in PowerLawSimulation.Betas)
        {
            var spectrum = new PowerLawSpectrum(PowerLawSimulation.Alpha, beta);
            chart.Line(noises, [.. noises.Select(spectrum.OptimalFitRatio)], FormattableString.Invariant($"β = {beta}"));
            chart.PointsOfLastSeries(simulated, [.. simulated.Select(noise => SeedStatistics.MeanCurve(sheet.Series(Reproduction.Series("ratio", beta, noise)))[0])]);
        }

        sheet.Add(
            chart, "optimal-fit-ratio.svg", "When overfitting is obligatory",
            "Line chart of the optimal ratio of train to test error against label noise for three decay rates of the target. Each curve is zero up to a limit that grows with the decay rate, then rises towards one.",
            "α = 1.5. Lines: the theorem's r², for n → ∞. Marks: simulation, mean over seeds. Up to the noise (β−α)/(α(α−1)) the best model interpolates.");
    }

    /// <summary>Test error against the fit ratio on images, measured and from the measured exponents.</summary>
    internal static void DrawImages(FigureSheet sheet)
    {
        var alpha = sheet.Mean("images-alpha");
        var beta = sheet.Mean("images-beta");
        var spectrum = new PowerLawSpectrum(alpha, beta);
        double[] ratios = [.. Enumerable.Range(0, 100).Select(i => i * i / 1e4)];
        var clean = SeedStatistics.MeanCurve(sheet.Series("images-test-0"))[0];
        var chart = new Chart(new Axis("E_train / E_test", Minimum: -0.02, Maximum: 1.02), new Axis("test error / clean ridgeless error", Logarithmic: true, Minimum: 0.85, Maximum: 12));
        for (var noise = 0; noise < FashionImages.RelativeNoise.Length; noise++)
        {
            var level = FashionImages.RelativeNoise[noise];
            var test = SeedStatistics.MeanCurve(sheet.Series($"images-test-{noise}"));
            var train = SeedStatistics.MeanCurve(sheet.Series($"images-train-{noise}"));
            chart.Line(ratios, [.. ratios.Select(ratio => spectrum.RelativeTestError(Math.Sqrt(ratio), level))], level == 0 ? "no added noise" : $"noise {level}");
            chart.PointsOfLastSeries([.. train.Zip(test, (a, b) => a / b)], [.. test.Select(error => error / clean)]);
        }

        sheet.Add(
            chart, "fashion-mnist.svg", "Fashion-MNIST: test error by how closely the training labels are fitted",
            "Line chart of test error against the ratio of train to test error, at three levels of added label noise. Without added noise the measured error is least at ratio zero and rises with the ratio; with noise the minimum moves to larger ratios.",
            FormattableString.Invariant($"Neural tangent kernel of a ReLU network, {FashionMnist.Classes} classes one-hot. Marks: measured, mean over seeds, one a ridge. Lines: the theorem's curve with the exponents that were measured from kernel and labels, α = {alpha:0.00} and β = {beta:0.00}; nothing is fitted to the marks."));
    }

    private static Chart HeatPanel(FigureSheet sheet, double[] sizes, string series, string heading, Interval range, Func<double, double, double> theory)
    {
        var simulated = SeedStatistics.MeanCurve(sheet.Series(series));
        double[] fine = [.. Enumerable.Range(0, 41).Select(i => sizes[0] * Math.Pow(sizes[^1] / sizes[0], i / 40.0))];
        var measured = new double[sizes.Length, sizes.Length];
        for (var i = 0; i < simulated.Length; i++)
            measured[i / sizes.Length, i % sizes.Length] = simulated[i];
        var predicted = new double[fine.Length, fine.Length];
        for (var row = 0; row < fine.Length; row++)
        {
            for (var column = 0; column < fine.Length; column++)
                predicted[row, column] = theory(fine[row], fine[column]);
        }

        var panel = new Chart(new Axis("features k", Logarithmic: true), new Axis("samples n", Logarithmic: true)) { Heading = heading };
        panel.HeatMap(sizes, sizes, measured, "simulated", logarithmic: true, range);
        panel.Contours(fine, fine, predicted, _contours, "theory");
        return panel;
    }

    private static Chart CurvePanel(FigureSheet sheet, double[] sizes, string series, string heading, string label, Func<double, bool, double> theory)
    {
        double[] fine = [.. Enumerable.Range(0, 121).Select(i => sizes[0] * Math.Pow(sizes[^1] / sizes[0], i / 120.0))];
        var panel = new Chart(
            new Axis(label, Logarithmic: true, Minimum: sizes[0] / 1.25, Maximum: sizes[^1] * 1.25), new Axis("test error", Logarithmic: true, Minimum: 0.24, Maximum: 3))
        { Heading = heading };
        foreach (var tuned in new[] { false, true })
        {
            panel.Line(fine, [.. fine.Select(size => theory(size, tuned))], tuned ? "tuned ridge" : "ridge 0.01");
            panel.PointsOfLastSeries(sizes, SeedStatistics.MeanCurve(sheet.Series($"{series}-{(tuned ? "tuned" : "fixed")}")));
        }

        return panel;
    }
}
