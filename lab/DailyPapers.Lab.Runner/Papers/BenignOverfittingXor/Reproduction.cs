using System.Globalization;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.BenignOverfittingXor;

/// <summary>Xu, Wang, Frei, Vardi and Hu (2023): noise fitted in one step at a coin's accuracy, then learned around.</summary>
public sealed class Reproduction : IReproduction
{
    private const double FlipProbability = 0.15;

    // #region declaration
    /// <inheritdoc/>
    public ReproductionDeclaration Declaration { get; } = new()
    {
        Slug = "benign-overfitting-xor",
        Title = "Benign Overfitting and Grokking in ReLU Networks for XOR Cluster Data",
        ArxivId = "2310.02541",
        Data = "Synthetic XOR clusters (XorClusters): four Gaussian clusters in p dimensions, drawn anew for every seed; training labels are flipped with probability eta, test labels are clean.",
        Claims =
        [
            new()
            {
                Id = "noise-fitted-at-once",
                Statement = "After a single step of gradient descent the network gives every training label, flipped ones included.",
                Metric = "trainAccuracyStep1",
                Unit = "share of noisy training labels",
                Baseline = "fitting the clean labels only, 1 - eta",
                Criterion = Criterion.AtLeast(1, nullValue: 1 - FlipProbability),
                PaperFigure = "100 % training accuracy after the first step (abstract)",
            },
            new()
            {
                Id = "coin-at-step-1",
                Statement = "At that point its accuracy on fresh clean data is a coin's.",
                Metric = "testAccuracyStep1",
                Unit = "share of clean test labels",
                Baseline = "a network that has learned the clusters, 1",
                Criterion = Criterion.Within(0.45, 0.55, nullValue: 1),
                PaperFigure = "near-random test accuracy after the first step (abstract)",
            },
            new()
            {
                Id = "near-optimal-later",
                Statement = "Within tens of steps its accuracy on fresh clean data becomes near-optimal.",
                Metric = "testAccuracyLater",
                Unit = "share of clean test labels",
                Baseline = "a coin, 0.5",
                Criterion = Criterion.AtLeast(0.95, nullValue: 0.5),
                PaperFigure = "near-optimal test accuracy at a later step (abstract)",
            },
            new()
            {
                Id = "noise-still-fitted",
                Statement = "It then still gives every flipped training label: the overfitting is benign.",
                Metric = "trainAccuracyLater",
                Unit = "share of noisy training labels",
                Baseline = "fitting the clean labels only, 1 - eta",
                Criterion = Criterion.AtLeast(1, nullValue: 1 - FlipProbability),
                PaperFigure = "still fitting the random labels at the later step (abstract)",
            },
            new()
            {
                Id = "linear-at-step-1",
                Statement = "After one step the network is nearly a linear classifier, which is why it can't do XOR.",
                Metric = "linearityStep1",
                Unit = "correlation of f with its best linear fit",
                Baseline = "no linear part, 0",
                Criterion = Criterion.AtLeast(0.9, nullValue: 0),
                PaperFigure = "the network implements a linear classifier after one step (abstract); no correlation stated",
            },
            new()
            {
                Id = "not-linear-later",
                Statement = "Once it generalises, most of what it computes is no longer linear.",
                Metric = "linearityLater",
                Unit = "correlation of f with its best linear fit",
                Baseline = "a linear classifier, 1",
                Criterion = Criterion.AtMost(0.5, nullValue: 1),
                PaperFigure = "generalisable features are learned in later steps (abstract); no correlation stated",
            },
            new()
            {
                Id = "harmful-outside-regime",
                Statement = "With too few dimensions for near-orthogonal data, at the same signal-to-noise ratio, fitting the noise costs test accuracy.",
                Metric = "outsideTestAccuracyLater",
                Unit = "share of clean test labels",
                Baseline = "benign overfitting, 1",
                Criterion = Criterion.AtMost(0.95, nullValue: 1),
                PaperFigure = "the theorems assume p much larger than n^2; nothing is stated below it",
            },
        ],
        Parameters =
        [
            ParameterDeclaration.Whole("n", 200, 20, 1000, "Training points."),
            ParameterDeclaration.Whole("p", 40_000, 10, 100_000, "Dimensions; the theory wants at least the order of n squared."),
            ParameterDeclaration.Real("mu", 36, 0.1, 1000, "Norm of the cluster means; its square over sqrt(p) sets how fast the second phase comes."),
            ParameterDeclaration.Real("eta", FlipProbability, 0, 0.45, "Probability of a flipped training label."),
            ParameterDeclaration.Whole("m", 500, 10, 4000, "Hidden neurons, an even number."),
            ParameterDeclaration.Real("alpha", 0.02, 1e-6, 10, "Step size; alpha p / (8 n) is the margin after one step and must stay of order one or below."),
            ParameterDeclaration.Real("omega", 1e-8, 1e-12, 1, "Standard deviation of the initial weights; small, so that the first step forgets them."),
            ParameterDeclaration.Whole("steps", 50, 4, 1000, "The later step, at which claims about the second phase are measured."),
            ParameterDeclaration.Whole("pOutside", 100, 10, 10_000, "Dimensions outside the regime, at the same ||mu||^2 / sqrt(p) and the same alpha p."),
            ParameterDeclaration.Whole("testPoints", 1000, 100, 5000, "Fresh points with clean labels."),
        ],
        Seeds = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110],
        Quick = new() { TimeLimitSeconds = 120, SeedCount = 3, Parameters = new Dictionary<string, ParameterValue> { ["testPoints"] = 500 } },
        Full = new() { TimeLimitSeconds = 900, SeedCount = 10 },
    };
    // #endregion declaration

    // #region run
    /// <inheritdoc/>
    public void RunSeed(SeedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var setting = run.Setting;
        int p = setting.Whole("p"), outside = setting.Whole("pOutside"), steps = setting.Whole("steps");
        double mu = setting.Real("mu"), alpha = setting.Real("alpha"), eta = setting.Real("eta");

        var trace = Train(run, new XorClusters(p, mu, eta), alpha, run.Seed.Stream("inside"), progressFrom: 0, drawPlane: true);
        var (first, later) = (trace.At(1), trace.At(steps));
        run.Measure("trainAccuracyStep1", first.TrainingAccuracy);
        run.Measure("testAccuracyStep1", first.TestAccuracy);
        run.Measure("linearityStep1", first.Linearity);
        run.Measure("trainAccuracyLater", later.TrainingAccuracy);
        run.Measure("testAccuracyLater", later.TestAccuracy);
        run.Measure("linearityLater", later.Linearity);
        run.Measure("firstStepAbove95", trace.FirstStepAt(0.95) ?? double.NaN);
        run.Record("step", trace.Points.Select(point => (double)point.Step));
        run.Record("train", trace.Points.Select(point => point.TrainingAccuracy));
        run.Record("test", trace.Points.Select(point => point.TestAccuracy));
        run.Record("linearity", trace.Points.Select(point => point.Linearity));

        var shrunk = new XorClusters(outside, mu * Math.Pow((double)outside / p, 0.25), eta); // the same ||mu||^2 / sqrt(p)
        var harmed = Train(run, shrunk, alpha * p / outside, run.Seed.Stream("outside"), progressFrom: 0.5, drawPlane: false);
        run.Measure("outsideTestAccuracyLater", harmed.At(steps).TestAccuracy);
        run.Measure("outsideTrainAccuracyLater", harmed.At(steps).TrainingAccuracy);
        run.Record("outsideTest", harmed.Points.Select(point => point.TestAccuracy));
    }

    private static GrokkingTrace Train(SeedRun run, XorClusters clusters, double alpha, Seed seed, double progressFrom, bool drawPlane)
    {
        var setting = run.Setting;
        var steps = setting.Whole("steps");
        using var scope = NewDisposeScope();
        using var training = clusters.Sample(setting.Whole("n"), seed.Stream("training"));
        using var test = clusters.Sample(setting.Whole("testPoints"), seed.Stream("test"));
        using var network = new TwoLayerRelu(clusters.Dimension, 2 * (setting.Whole("m") / 2), setting.Real("omega"), seed.Stream("weights"));
        using var descent = new SpanDescent(network, training);
        using var testPoints = descent.Project(test.Inputs);
        using var plane = descent.Project(MeansPlane(clusters));
        var trace = new GrokkingTrace();
        for (var step = 1; step <= steps; step++)
        {
            using var stepScope = NewDisposeScope();
            descent.Step(alpha);
            trace.Observe(step, descent.TrainingValues(), training, descent.Values(testPoints), descent.LinearValues(testPoints), test.CleanLabels);
            if (drawPlane && Array.IndexOf(PlaneSteps(steps), step) is var time and >= 0)
                run.Record($"plane{time}", descent.Values(plane).to_type(ScalarType.Float64).data<double>().ToArray());
            run.Progress(progressFrom + 0.5 * step / steps, $"step {step} of {steps}, p = {clusters.Dimension}");
        }
        return trace;
    }
    // #endregion run

    /// <inheritdoc/>
    public void Draw(FigureSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        DrawAccuracy(sheet);
        DrawPlane(sheet);
        DrawLinearity(sheet);
    }

    private static void DrawAccuracy(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("gradient steps", Logarithmic: true), new Axis("accuracy (share of points)", Minimum: 0.35, Maximum: 1.03));
        var steps = sheet.Series("step")[0];
        chart.SeedMean(steps, sheet.Series("train"), "training, flipped labels included", _shares);
        chart.SeedMean(steps, sheet.Series("test"), "test, clean labels", _shares);
        chart.SeedMean(steps, sheet.Series("outsideTest"), "test, too few dimensions", _shares);
        chart.HorizontalRule(0.5, "a coin");
        sheet.Add(
            chart, "accuracy.svg", "Accuracy by step",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Line chart against gradient steps on a logarithmic axis. Mean training accuracy is {sheet.Mean("trainAccuracyStep1"):0.00} after one step and {sheet.Mean("trainAccuracyLater"):0.00} at the end; mean test accuracy goes from {sheet.Mean("testAccuracyStep1"):0.00} to {sheet.Mean("testAccuracyLater"):0.00}; with too few dimensions it ends at {sheet.Mean("outsideTestAccuracyLater"):0.00}."),
            "Means over seeds with 95 % bands. Test labels are clean. The lower curve has the same signal-to-noise ratio in too few dimensions: the noise is fitted there too, and it costs accuracy.");
    }

    private static void DrawPlane(FigureSheet sheet)
    {
        var times = PlaneSteps(sheet.Setting.Whole("steps"));
        var panels = times.Select((step, time) => PlanePanel(sheet.Seeds[0].Series[$"plane{time}"], $"after step {step}")).ToList();
        sheet.Add(
            panels, "decision-plane.svg", "Decision values in the plane of the cluster means",
            "Three heat maps of the network's output over the plane of the two cluster axes, after one step, a middle step and the last. The first is a tilted plane; the last is high along one axis in both directions and low along the other.",
            $"f at x = s mu_1 + t mu_2 without noise, divided by its largest magnitude, for seed {sheet.Seeds[0].Seed}. A linear function, which no tilt can make right on all four clusters, turns into an exclusive or.");
    }

    private static Chart PlanePanel(double[] values, string heading)
    {
        var largest = values.Max(Math.Abs);
        var grid = new double[_planeTicks.Length, _planeTicks.Length];
        for (var i = 0; i < values.Length; i++)
            grid[i / _planeTicks.Length, i % _planeTicks.Length] = values[i] / largest;
        var panel = new Chart("s, along mu_1", "t, along mu_2") { Heading = heading };
        panel.HeatMap(_planeTicks, _planeTicks, grid, "f / max |f|", range: new Interval(-1, 1));
        panel.Points([1, -1], [0, 0], "label +1");
        panel.Points([0, 0], [1, -1], "label -1");
        return panel;
    }

    private static void DrawLinearity(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("gradient steps", Logarithmic: true), new Axis("correlation with the best linear fit", Minimum: 0, Maximum: 1.03));
        chart.SeedMean(sheet.Series("step")[0], sheet.Series("linearity"), "f on test points", _shares);
        sheet.Add(
            chart, "linearity.svg", "How linear the network is",
            "Line chart of the correlation of the network with its best linear fit against gradient steps. It is one at the first step and falls below a half within a few steps.",
            "Mean over seeds with a 95 % band. The best linear fit is exact: half the sum of a_j times the pre-activations.");
    }

    private static readonly Interval _shares = new(0, 1);

    private static readonly double[] _planeTicks = [.. Enumerable.Range(-10, 21).Select(tick => tick * 0.15)];

    private static int[] PlaneSteps(int steps) => [1, 3, steps];

    // Row i of the grid is t = _planeTicks[i], column j is s = _planeTicks[j].
    private static Tensor MeansPlane(XorClusters clusters)
    {
        using var scope = NewDisposeScope();
        var ticks = tensor(_planeTicks, dtype: ScalarType.Float32) * clusters.MeanNorm;
        var points = zeros(_planeTicks.Length * _planeTicks.Length, clusters.Dimension);
        points.select(1, 0).copy_(ticks.repeat(_planeTicks.Length));
        points.select(1, 1).copy_(ticks.repeat_interleave(_planeTicks.Length));
        return points.MoveToOuterDisposeScope();
    }
}
