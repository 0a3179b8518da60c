using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Generalization.HyperparameterTuning;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.HyperparameterSampleComplexity;

/// <summary>The figures.</summary>
internal static class Figures
{
    /// <summary>Dual functions drawn of each family.</summary>
    internal const int DualsShown = 3;

    private const int Samples = 401;

    private static readonly (string Name, string Label)[] _families = [("moons", "moons"), ("graphs", "graphs"), ("digits", "digits")];

    private static double[] TaskCounts => [.. TuningExperiment.TaskCounts.Select(count => (double)count)];

    /// <summary>A dual function at even places, for drawing.</summary>
    internal static double[] Sampled(PiecewiseConstant function) => [.. Places(function.Minimum, function.Maximum).Select(function.At)];

    internal static void DrawShattering(FigureSheet sheet)
    {
        var chart = new Chart(
            new Axis("jumps N of a task's dual function", Logarithmic: true, Minimum: 0.9, Maximum: 5000), new Axis("tasks that can be shattered", Minimum: 0, Maximum: 16));
        double[] jumps = [.. Enumerable.Range(0, 200).Select(i => Math.Floor(Math.Pow(4095, i / 199.0) + 1e-9)).Distinct()];
        chart.Line(jumps, [.. jumps.Select(n => (double)PseudoDimensionBound.FromOscillations(n))], "bound");
        chart.Points(CountingExperiments.CounterJumps(), sheet.Series("counters")[0], "binary counter");
        chart.Points(
            [.. CountingExperiments.CounterSizes.Select(size => Math.Pow(2, size - 1))], [.. CountingExperiments.CounterSizes.Select(size => (double)size)], "Gray code");
        chart.SeedMean([.. CountingExperiments.FamilyJumps.Select(n => (double)n)], sheet.Series("randomShattered"), "random families");
        sheet.Add(
            chart, "shattering.svg", "How many tasks can be shattered",
            "Line chart of the number of shattered tasks against the number of jumps on a logarithmic axis. Bound, binary counters, Gray codes and random families all rise along straight lines; the constructions lie a few tasks below the bound, and random families below them.",
            "Bound: the largest m with 2^m ≤ m N + 1. Binary counters and random families of twelve tasks: exhaustive search; for the latter the mean over families and seeds with a 95 % band, which levels off since there are only twelve tasks. A Gray code moves one function at a time and saves the factor of two.");
    }

    internal static void DrawBoxes(FigureSheet sheet)
    {
        double[] boxes = [.. CountingExperiments.BoxCounts.Select(count => (double)count)];
        var chart = new Chart(new Axis("boxes N", Logarithmic: true, Minimum: 3.5, Maximum: 300), new Axis("jumps of the maximum over weights", Logarithmic: true, Minimum: 0.5, Maximum: 1000));
        chart.Line(boxes, [.. boxes.Select(n => 2 * n)], "bound 2 N");
        chart.Points(boxes, [.. CountingExperiments.BoxCounts.Select(count => (double)BoxPartition.Pyramid(count).Maximum().Jumps)], "nested boxes");
        chart.SeedMean(boxes, sheet.Series("cutJumps"), "random partition");
        chart.SeedMean(boxes, sheet.Series("scatteredJumps"), "random boxes");
        sheet.Add(
            chart, "boxes.svg", "Jumps of a maximum over weights",
            "Line chart on logarithmic axes of the number of jumps against the number of boxes. Nested boxes lie on the bound of twice the number of boxes; random partitions and random boxes grow more slowly.",
            "Means over trials and seeds with 95 % bands. Nested boxes attain the theorem's 2 N; random ones stay far below, since most of a box is hidden behind a higher one.");
    }

    internal static void DrawDuals(FigureSheet sheet)
    {
        var panels = _families.Select(family =>
        {
            var panel = new Chart(new Axis("α"), new Axis("accuracy of the best weights", Minimum: 0.5, Maximum: 1.02)) { Heading = family.Label };
            var places = Places(0, 1);
            for (var task = 0; task < DualsShown; task++)
                panel.Line(places, sheet.Seeds[0].Series[$"dual-{family.Name}-{task}"], $"task {task + 1}");
            panel.Line(places, sheet.Seeds[0].Series[$"expectation-{family.Name}"], "all tasks");
            return panel;
        }).ToList();
        sheet.Add(
            panels, "dual-functions.svg", "Utility against the hyperparameter",
            "Three panels of step functions of the hyperparameter for single tasks, each with the smooth-looking mean over all tasks of its family.",
            $"Dual functions of three tasks of each family and the mean over all tasks, seed {sheet.Seeds[0].Seed}. α is the share of ReLU in the activation for moons and digits, and the offset of the kernel for graphs. The steps are exact; a mean over many tasks has thousands of them.");
    }

    internal static void DrawGaps(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("tasks m", Logarithmic: true, Minimum: 4.5, Maximum: 3000), new Axis("largest gap over α (accuracy)", Logarithmic: true, Minimum: 1e-3, Maximum: 4));
        foreach (var (name, label) in _families)
            chart.SeedMean(TaskCounts, sheet.Series($"gaps-{name}"), label);
        var start = _families.Average(family => sheet.Series($"gaps-{family.Name}").Average(gaps => gaps[0]));
        chart.Line(TaskCounts, [.. TaskCounts.Select(count => start * Math.Sqrt(TaskCounts[0] / count))], "slope −1/2");
        var dimension = (int)sheet.Seeds[0].Metrics["pseudoDimensionBound-moons"];
        chart.Line(TaskCounts, [.. TuningExperiment.TaskCounts.Select(count => SampleComplexity.UniformDeviation(1, count, TuningExperiment.Delta, dimension))], "bound, moons");
        sheet.Add(
            chart, "gap.svg", "Uniform deviation by number of tasks",
            "Line chart on logarithmic axes of the largest gap between mean and expected utility against the number of tasks. Three families fall in parallel to a line of slope minus one half, an order of magnitude below the bound.",
            $"sup over α of |mean utility on m tasks − expected utility|, mean over draws, then over seeds with 95 % bands. Bound: √((Pdim + ln 20)/m) with Pdim ≤ {dimension} and the constant, which the theorem leaves open, taken as 1.");
    }

    internal static void DrawExcess(FigureSheet sheet)
    {
        var chart = new Chart(new Axis("tasks m", Logarithmic: true, Minimum: 4.5, Maximum: 3000), new Axis("loss of the tuned α / spread", Minimum: 0));
        foreach (var (name, label) in _families)
            chart.SeedMean(
                TaskCounts, [.. sheet.Seeds.Select(seed => seed.Series[$"excesses-{name}"].Select(loss => loss / seed.Metrics[$"spread-{name}"]).ToArray())],
                label, new Interval(0, 1));
        chart.HorizontalRule(0.1, "a tenth of the spread");
        sheet.Add(
            chart, "excess.svg", "What tuning on few tasks costs",
            "Line chart of the expected accuracy lost by tuning on m tasks against m. The curves of three families fall towards zero.",
            "Expected utility of the best α less that of the α which was best on m tasks, divided by the difference between the best and the worst α; mean over draws, then over seeds with 95 % bands.");
    }

    private static double[] Places(double minimum, double maximum) =>
        [.. Enumerable.Range(0, Samples).Select(i => minimum + (maximum - minimum) * i / (Samples - 1))];
}
