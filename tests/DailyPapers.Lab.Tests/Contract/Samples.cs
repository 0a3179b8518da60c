using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Tests.Contract;

internal static class Samples
{
    public static MachineEnvironment Machine() => new()
    {
        OperatingSystem = "Linux",
        Architecture = "x64",
        CpuModel = "Example",
        LogicalCores = 2,
        MemoryBytes = 4L << 30,
        Simd = ["avx2", "fma"],
        DotNet = "10.0.0",
    };

    public static Claim Claim() => new()
    {
        Id = "fast",
        Statement = "It is faster.",
        Metric = "speedUp",
        Unit = "1",
        Baseline = "the other kernel",
        Criterion = Criterion.AtLeast(1.1, 1),
        PaperFigure = "1.28",
        SmallestScale = new() { Description = "a processor with AVX-512", Simd = ["avx512f"] },
    };

    public static ReproductionDeclaration Declaration() => new()
    {
        Slug = "sample",
        Title = "A Sample",
        Data = "none",
        Claims = [Claim()],
        Parameters =
        [
            ParameterDeclaration.Whole("n", 200, 10, 400, "Points."),
            ParameterDeclaration.Real("alpha", 0.5, 0, 1, "Step size."),
            ParameterDeclaration.Switch("tuned", true, "Whether to tune."),
            ParameterDeclaration.OneOf("kernel", "relu", ["relu", "gauss"], "Kernel."),
        ],
        Seeds = [1, 2, 3],
        Quick = new() { TimeLimitSeconds = 10, SeedCount = 1, Parameters = new Dictionary<string, ParameterValue> { ["n"] = 20 } },
        Full = new() { TimeLimitSeconds = 60, SeedCount = 3 },
    };

    public static ReproductionResult Result() => new()
    {
        Slug = "sample",
        Mode = RunMode.Full,
        StartedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        DurationSeconds = 1.5,
        Commit = "abc",
        Environment = Machine(),
        Libraries = new Dictionary<string, string> { ["TorchSharp"] = "0.107.0" },
        Parameters = new Dictionary<string, ParameterValue> { ["n"] = 200, ["alpha"] = 0.1, ["tuned"] = true, ["kernel"] = "relu" },
        Seeds = [1, 2],
        Timings = [new(1, 0.7), new(2, 0.8)],
        Claims =
        [
            new()
            {
                Claim = Claim(),
                Values = [new(1, 1.25), new(2, double.NaN)],
                Mean = double.NaN,
                Interval = null,
                Verdict = Verdict.NotAtThisScale,
                Note = "Not decided here.",
            },
        ],
        Observations = [],
        Figures = [new("a.svg", "A", "alt", "caption with <angle> & é")],
        Verdict = Verdict.NotAtThisScale,
    };
}
