using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.SubgradientMatrixRecovery;

/// <summary>Ma and Fattahi (2022): the subgradient method recovers a low-rank matrix from spoilt measurements, however wide its factor.</summary>
internal sealed class Reproduction : IReproduction
{
    // #region declaration
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "subgradient-matrix-recovery",
        Title = "Global Convergence of Sub-gradient Method for Robust Matrix Recovery: Small Initialization, Noisy Measurements, and Over-parameterization",
        ArxivId = "2202.08788",
        Data = "Synthetic, drawn anew for every seed: random positive semidefinite matrices of Frobenius norm 1, Gaussian measurements, Gaussian outliers or noise.",
        Claims =
        [
            new()
            {
                Id = "robust",
                Statement = "The subgradient method on the absolute loss recovers the truth from 10 % and 30 % of outliers, 10 and 1000 times as large as the measurements, with factors of width r, 2r and d: largest of the twelve relative errors.",
                Metric = "worst-error",
                Unit = "relative error (Frobenius)",
                Baseline = "a useless estimate, 0.1",
                Criterion = Criterion.AtMost(1e-3, nullValue: 0.1),
                PaperFigure = "proved; no number to compare",
            },
            new()
            {
                Id = "squared-loss-fails",
                Statement = "Gradient descent on the squared loss does not, even if an oracle picks the better of two step schedules and the moment to stop: smallest of the twelve relative errors.",
                Metric = "squared-error",
                Unit = "relative error (Frobenius)",
                Baseline = "as good as the absolute loss, 0.001",
                Criterion = Criterion.AtLeast(0.1, nullValue: 1e-3),
                PaperFigure = "the reason for the absolute loss; no number to compare",
            },
            new()
            {
                Id = "error-by-start",
                Statement = "With a factor of width d the final error falls like a power of the size alpha of the start, from 1e-3 to 1e-5: the exponent.",
                Metric = "start-exponent",
                Unit = "slope of log error by log alpha",
                Baseline = "no dependence, 0",
                Criterion = Criterion.AtLeast(0.5, nullValue: 0),
                PaperFigure = "a bound that falls with a power of alpha",
            },
            new()
            {
                Id = "samples",
                Statement = "Ninety per cent of recoveries succeed from as few measurements with a factor of width d as with one of width r: ratio of the numbers needed.",
                Metric = "samples-ratio",
                Unit = "ratio",
                Baseline = "twice as many for ten times the parameters, 2",
                Criterion = Criterion.AtMost(1.2, nullValue: 2),
                PaperFigure = "the number required does not depend on the width of the factor",
            },
            new()
            {
                Id = "gaussian-noise",
                Statement = "Under Gaussian noise the error of a factor of width d is proportional to the square root of dr/m, over twelve triples of d, r and m: the exponent.",
                Metric = "noise-exponent",
                Unit = "slope of log error by log dr/m",
                Baseline = "no dependence, 0",
                Criterion = Criterion.Within(0.35, 0.65, nullValue: 0),
                PaperFigure = "a bound proportional to the square root of dr/m up to logarithms",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("d", 20, 4, 40, "Dimension of the matrix."),
            ParameterDeclaration.Whole("r", 2, 1, 4, "Rank of the truth."),
            ParameterDeclaration.Real("condition", 2, 1, 10, "Largest over smallest nonzero eigenvalue of the truth (1 in the claim about Gaussian noise)."),
            ParameterDeclaration.Whole("m", 800, 40, 5000, "Measurements in the claims about outliers and about alpha."),
            ParameterDeclaration.Real("alpha", 1e-7, 1e-12, 1, "Size of the start."),
            ParameterDeclaration.Real("eta", 0.4, 0.01, 2, "Length of the first step, as a multiple of the factor."),
            ParameterDeclaration.Real("rho", 0.992, 0.9, 0.9999, "Ratio of a step's length to the one before."),
            ParameterDeclaration.Whole("steps", 2000, 10, 20_000, "Steps of every descent."),
            ParameterDeclaration.Whole("trials", 20, 2, 200, "Recoveries of a seed for each number of measurements in the claim about samples."),
            ParameterDeclaration.Whole("diagram", 2, 1, 50, "Recoveries of a seed in each cell of the phase diagram."),
            ParameterDeclaration.Real("noise", 0.5, 0.01, 5, "Standard deviation of the Gaussian noise; a clean measurement has 1."),
        ],
        Seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        Quick = new()
        {
            TimeLimitSeconds = 120,
            SeedCount = 3,
            Parameters = new Dictionary<string, ParameterValue> { ["m"] = 500, ["trials"] = 10, ["diagram"] = 1 },
        },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 10 },
    };
    // #endregion declaration

    public void RunSeed(SeedRun run)
    {
        var schedule = new Recovery.Schedule(run.Setting.Real("alpha"), run.Setting.Real("eta"), run.Setting.Real("rho"), run.Setting.Whole("steps"));
        var experiments = new Experiments(
            run.Setting.Whole("d"), run.Setting.Whole("r"), run.Setting.Real("condition"), schedule, run.Seed, run.CancellationToken);

        run.Progress(0, "Outliers");
        var outliers = experiments.Outliers(run.Setting.Whole("m"));
        run.Measure("worst-error", outliers.Worst);
        run.Measure("squared-error", outliers.BestSquared);
        run.Measure("squared-error-without-outliers", outliers.CleanSquared);
        for (var k = 0; k < outliers.Curves.Length; k++)
            run.Record($"curve-{k}", Figures.Thin(outliers.Curves[k]));

        run.Progress(0.3, "Sizes of the start");
        var (wide, exact) = experiments.BySize(run.Setting.Whole("m"));
        run.Measure("start-exponent", Slope(Experiments.Starts[Experiments.Fitted], wide[Experiments.Fitted]));
        run.Measure("start-exponent-exact-width", Slope(Experiments.Starts[Experiments.Fitted], exact[Experiments.Fitted]));
        run.Record("start-wide", wide);
        run.Record("start-exact", exact);

        run.Progress(0.45, "Samples");
        var samples = experiments.BySamples(run.Setting.Whole("trials"));
        run.Measure("samples-exact", Experiments.Needed(samples.Exact));
        run.Measure("samples-wide", Experiments.Needed(samples.Wide));
        run.Measure("samples-ratio", Experiments.Needed(samples.Wide) / Experiments.Needed(samples.Exact));
        run.Record("success-exact", samples.Exact);
        run.Record("success-wide", samples.Wide);

        run.Progress(0.65, "Phase diagram");
        run.Record("diagram", experiments.Diagram(run.Setting.Whole("diagram")));

        run.Progress(0.8, "Gaussian noise");
        var noise = experiments.Noise(run.Setting.Real("noise"));
        double[] sizes = [.. Experiments.NoiseSizes.Select(size => 1.0 / size.Ratio)];
        run.Measure("noise-exponent", Slope(sizes, noise.Wide));
        run.Measure("noise-exponent-exact-width", Slope(sizes, noise.Exact));
        run.Measure("noise-wide-over-exact", noise.Wide.Zip(noise.Exact, (a, b) => a / b).Max());
        run.Measure("noise-error-over-theory", noise.Wide.Zip(Experiments.NoiseSizes, (error, size) => error / Figures.LeastAbsolute(run.Setting.Real("noise"), size)).Average());
        run.Record("noise-wide", noise.Wide);
        run.Record("noise-exact", noise.Exact);
    }

    public void Draw(FigureSheet sheet) => Figures.Draw(sheet);

    // The least-squares slope of log y by log x.
    private static double Slope(double[] xs, double[] ys) => LeastSquaresLine.Slope([.. xs.Select(x => Math.Log(x))], [.. ys.Select(y => Math.Log(y))]);
}
