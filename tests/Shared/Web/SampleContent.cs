using DailyPapers.Editions;
using DailyPapers.Lab.Contract;
using DailyPapers.Papers;
using DailyPapers.Reproductions;
using DailyPapers.Search;

namespace DailyPapers.TestSupport;

/// <summary>What tests add to the starter collection: neighbouring editions and a reproduction.</summary>
internal static class SampleContent
{
    public const string StarterDay = "2025-08-13";
    public const string DayBefore = "2025-08-12";
    public const string MonthBefore = "2025-07-31";

    /// <summary>An identifier of arXiv's old style.</summary>
    public const string OldStylePaper = "hep-th/9901001";

    public const string PaperWithReproduction = "2508.30002";

    public const string PaperWithoutReproduction = "2508.30001";

    private const string ReproducedSlug = "sample-filtering";

    private const string Figure = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 450" width="720" height="450">
          <rect width="720" height="450" fill="white"/>
          <path d="M60 400H680M60 400V40" stroke="#333" fill="none"/>
          <polyline points="60,380 200,250 340,170 480,120 620,100" stroke="#9b2226" stroke-width="3" fill="none"/>
        </svg>
        """;

    public static async Task AddAsync(RunningService service, CancellationToken cancellationToken)
    {
        var stored = await service.Get<PaperIntake>().StoreAsync(
            [
                Record("hep-th/9901001v2", "Strings on an old-style shelf", DateOnly.Parse("1999-01-04", System.Globalization.CultureInfo.InvariantCulture)),
                Record("2507.30001v3", "A paper of the month before", new DateOnly(2025, 7, 30)),
                Record("2508.30001v1", "A paper of the day before", new DateOnly(2025, 8, 11)),
                Record("2508.30002v1", "Filtered Pretraining Data and What a Model Never Learns", new DateOnly(2025, 8, 11)) with
                {
                    LabSlug = ReproducedSlug,
                    Topic = "alignment",
                    Summary = "What is left out before training is harder to put back than what is taught away after it.",
                    Keywords = ["data filtering", "fine-tuning"],
                    CodeUrl = "https://github.com/example/filtered",
                },
                Record("2403.30001v1", "The first paper of all", new DateOnly(2024, 2, 28)),
            ],
            cancellationToken: cancellationToken);
        var editions = service.Get<EditionWriter>();
        await editions.ReplaceAsync(new DateOnly(2025, 8, 12), [stored.Papers[3].Id, stored.Papers[2].Id, stored.Papers[0].Id], cancellationToken);
        await editions.ReplaceAsync(new DateOnly(2025, 7, 31), [stored.Papers[1].Id], cancellationToken);
        await editions.ReplaceAsync(new DateOnly(2024, 3, 1), [stored.Papers[4].Id], cancellationToken);
        await service.Get<ReproductionLibrary>().KeepAsync(
            LabJson.Write(Reproduction(ReproducedSlug)),
            new Dictionary<string, string> { ["curve.svg"] = Figure },
            isShipped: false,
            cancellationToken);
        await service.Get<Storage.ContentChanges>().NoticeAsync(cancellationToken);
        await IndexedAsync(service.Get<PaperSearch>(), cancellationToken);
    }

    // Words and vectors are indexed beside the service's start: before, searches find less, and between two pages they may find
    // in another order.
    private static async Task IndexedAsync(PaperSearch search, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (await search.StatusAsync(patience.Token) is not { IsUpToDate: true, Meaning: null or { IsUpToDate: true } })
            await Task.Delay(20, patience.Token);
    }

    private static PaperRecord Record(string arxivId, string title, DateOnly published) => new()
    {
        Source = "arxiv",
        Arxiv = ArxivId.Parse(arxivId),
        Title = title,
        Authors = [new() { Name = "Ada Example" }, new() { Name = "Grace Sample" }],
        Abstract = "We put papers on shelves and find them again. The shelf is as long as the list, and no longer.",
        Categories = ["cs.LG", "stat.ML"],
        Published = published,
        Comment = "12 pages, 3 figures",
        Versions = [new() { Number = 1, Submitted = new DateTimeOffset(published, TimeOnly.MinValue, TimeSpan.Zero), Note = "512kb" }],
    };

    private static ReproductionResult Reproduction(string slug) => new()
    {
        Slug = slug,
        Mode = RunMode.Full,
        StartedAt = new DateTimeOffset(2025, 8, 13, 9, 0, 0, TimeSpan.Zero),
        DurationSeconds = 95.4,
        Commit = "0123456789abcdef0123456789abcdef01234567",
        Environment = new MachineEnvironment
        {
            OperatingSystem = "Linux 6.1",
            Architecture = "x64",
            CpuModel = "Example CPU @ 3.0 GHz",
            LogicalCores = 2,
            MemoryBytes = 8L << 30,
            Simd = ["avx2", "fma"],
            DotNet = "10.0.0",
        },
        Libraries = new Dictionary<string, string> { ["TorchSharp"] = "0.107.0" },
        Parameters = new Dictionary<string, ParameterValue>(),
        Seeds = [1, 2, 3],
        Timings = [new(1, 30), new(2, 32), new(3, 33)],
        Claims =
        [
            Claim("filtered-resists", "A model whose training data was filtered needs ten times the fine-tuning to learn the filtered topic.", Verdict.Reproduced, 11.2),
            Claim("rest-unharmed", "Filtering costs less than one point of accuracy on everything else.", Verdict.Partly, 1.4),
            Claim("in-context", "Facts given in the prompt remain usable.", Verdict.NotReproduced, 0.2),
            Claim("large", "The effect grows with the model up to 6.9 billion parameters.", Verdict.NotAtThisScale, null),
        ],
        Observations = [],
        Figures = [new("curve.svg", "Fine-tuning steps until the topic is learned", "A curve that rises and levels off.", "Mean over three seeds; the filtered model is the upper curve.")],
        Verdict = Verdict.Partly,
    };

    private static ClaimResult Claim(string id, string statement, Verdict verdict, double? mean) => new()
    {
        Claim = new Claim
        {
            Id = id,
            Statement = statement,
            Metric = id,
            Unit = "times the steps",
            Baseline = "the same model trained on unfiltered data",
            Criterion = Criterion.AtLeast(5, 1),
            PaperFigure = "10,000 steps, figure 4",
        },
        Values = mean is { } value ? [new(1, value - 0.1), new(2, value), new(3, value + 0.1)] : [],
        Mean = mean,
        Interval = mean is { } centre ? new Interval(centre - 0.25, centre + 0.25) : null,
        Verdict = verdict,
        Note = "The verdict follows from the threshold and the interval.",
    };
}
