using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Tests;

/// <summary>A reproduction that measures its own random numbers, with a hook in each seed.</summary>
internal sealed class SampleReproduction(Action<SeedRun>? duringSeed = null) : IReproduction
{
    public List<int> SeedsRun { get; } = [];

    public ReproductionDeclaration Declaration { get; init; } = new()
    {
        Slug = "sample",
        Title = "A Sample",
        Data = "Uniform numbers.",
        Claims =
        [
            new()
            {
                Id = "above-zero",
                Statement = "Uniform numbers are above zero.",
                Metric = "mean",
                Unit = "1",
                Baseline = "zero",
                Criterion = Criterion.AtLeast(0.1, 0),
                PaperFigure = "not stated",
            },
        ],
        Parameters = [ParameterDeclaration.Whole("n", 100, 1, 1000, "Numbers.")],
        Seeds = [1, 2, 3, 4],
        Quick = new() { TimeLimitSeconds = 60, SeedCount = 3, Parameters = new Dictionary<string, ParameterValue> { ["n"] = 10 } },
        Full = new() { TimeLimitSeconds = 600, SeedCount = 4 },
    };

    public void RunSeed(SeedRun run)
    {
        SeedsRun.Add(run.Seed.Value);
        duringSeed?.Invoke(run);
        var random = run.Seed.Stream("numbers").ToRandom();
        var numbers = Enumerable.Range(0, run.Setting.Whole("n")).Select(_ => random.NextDouble()).ToArray();
        run.Progress(0.5, "drawn");
        run.Measure("mean", numbers.Average());
        run.Measure("largest", numbers.Max());
        run.Record("numbers", numbers);
    }

    public void Draw(FigureSheet sheet)
    {
        var chart = new Chart("index", "number");
        foreach (var (numbers, seed) in sheet.Series("numbers").Zip(sheet.Seeds))
            chart.Points([.. Enumerable.Range(0, numbers.Length).Select(i => (double)i)], numbers, $"seed {seed.Seed}");
        sheet.Add(chart, "numbers.svg", "Numbers", "Points.", "Uniform numbers.");
    }
}
