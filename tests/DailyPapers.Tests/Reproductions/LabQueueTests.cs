using DailyPapers.Community.Accounts;
using DailyPapers.Lab.Contract;
using DailyPapers.Reproductions;
using DailyPapers.Reproductions.Requests;
using DailyPapers.Storage;
using DailyPapers.Tests.Community;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Reproductions;

public sealed class LabQueueTests
{
    private const string Xor = "benign-overfitting-xor";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_waits_with_what_differs_from_its_budget()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync("Ada");

        var (id, problems) = await AskAsync(papers, ada, ("n", "50"), ("eta", "0.15"), ("m", " "), ("testPoints", "500"));

        Assert.Empty(problems);
        var request = await papers.Get<LabQueue>().FindAsync(id!.Value, Token);
        Assert.Equal(LabRunState.Waiting, request!.State);
        Assert.Equal(new Dictionary<string, string> { ["n"] = "50" }, request.Parameters);
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        var entry = await db.AuditEntries.SingleAsync(e => e.Action == "lab.request", Token);
        Assert.Equal((ada, $"{Xor} --quick, n=50"), (entry.ActorId, entry.Detail));
    }

    [Theory]
    [InlineData("n", "5", "n must be a whole number from 20 to 1000, not “5”.")]
    [InlineData("n", "20.5", "n must be a whole number from 20 to 1000, not “20.5”.")]
    [InlineData("eta", "much", "eta must be a number from 0 to 0.45, not “much”.")]
    [InlineData("eta", "NaN", "eta must be a number from 0 to 0.45, not “NaN”.")]
    [InlineData("q", "1", "There is no parameter “q”.")]
    public async Task A_wrong_parameter_is_named_with_its_range_and_nothing_waits(string name, string value, string problem)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (id, problems) = await AskAsync(papers, await papers.ReaderAsync("Ada"), (name, value));
        Assert.Null(id);
        Assert.Equal([problem], problems);
        Assert.Empty(await papers.Get<LabQueue>().RecentAsync(Xor, 10, Token));
    }

    [Fact]
    public async Task One_run_a_person_is_open_at_a_time()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bob) = (await papers.ReaderAsync("Ada"), await papers.ReaderAsync("Bob"));
        var (first, _) = await AskAsync(papers, ada);
        Assert.Null((await AskAsync(papers, ada)).Id);
        var (second, _) = await AskAsync(papers, bob);
        Assert.Equal(1, await papers.Get<LabQueue>().AheadOfAsync(second!.Value, Token));

        Assert.True(await papers.Get<LabQueue>().CancelAsync(ada, ofAnybody: false, first!.Value, Token));
        Assert.NotNull((await AskAsync(papers, ada)).Id);
    }

    [Fact]
    public async Task Requests_at_the_same_time_count_each_other()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync("Ada");
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AskAsync(papers, ada))));
        Assert.Single(asked, answer => answer.Id is not null);
    }

    [Fact]
    public async Task Only_its_owner_or_who_may_cancels_a_run()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bob) = (await papers.ReaderAsync("Ada"), await papers.ReaderAsync("Bob"));
        var id = (await AskAsync(papers, ada)).Id!.Value;
        var queue = papers.Get<LabQueue>();
        Assert.False(await queue.CancelAsync(bob, ofAnybody: false, id, Token));
        Assert.Equal(LabRunState.Waiting, (await queue.FindAsync(id, Token))!.State);
        Assert.True(await queue.CancelAsync(bob, ofAnybody: true, id, Token));
        Assert.Equal(LabRunState.Cancelled, (await queue.FindAsync(id, Token))!.State);
    }

    [Fact]
    public async Task What_a_killed_service_had_begun_waits_again()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var id = (await AskAsync(papers, await papers.ReaderAsync("Ada"))).Id!.Value;
        await using (var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token))
            await db.LabRunRequests.ExecuteUpdateAsync(set => set.SetProperty(r => r.State, LabRunState.Running), Token);
        await papers.Get<LabWork>().RepairAsync(Token);
        Assert.Equal(LabRunState.Waiting, (await papers.Get<LabQueue>().FindAsync(id, Token))!.State);
    }

    [Fact]
    public async Task Who_leaves_takes_the_name_from_the_run()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync("Ada");
        var id = (await AskAsync(papers, ada)).Id!.Value;
        await papers.Get<AccountRemoval>().RemoveAsync(ada, Token);
        Assert.Null((await papers.Get<LabQueue>().FindAsync(id, Token))!.RequestedById);
    }

    [Fact]
    public async Task A_run_with_other_parameters_is_not_the_paper_s()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var declarations = papers.Get<ShippedDeclarations>();
        var library = papers.Get<ReproductionLibrary>();
        var declaration = declarations.Find(Xor)!;
        var standard = Result(declaration, new Dictionary<string, string>()) with { StartedAt = DateTimeOffset.UnixEpoch };
        var own = Result(declaration, new Dictionary<string, string> { ["n"] = "50" }) with { StartedAt = DateTimeOffset.UnixEpoch.AddDays(1) };
        var kept = await library.KeepAsync(LabJson.Write(standard), new Dictionary<string, string>(), isShipped: false, Token);
        var other = await library.KeepAsync(LabJson.Write(own), new Dictionary<string, string>(), isShipped: false, Token);

        Assert.Equal(kept.RunId, (await library.NewestAsync(Xor, Token))!.RunId);
        Assert.Equal(kept.RunId, Assert.Single(await library.ListAsync(Token)).RunId);
        Assert.Equal(50, (await library.FindAsync(other.RunId, Token))!.Result.Parameters["n"].Number);
        Assert.Equal(new KeptRun(other.RunId, IsNew: false), await library.KeepAsync(LabJson.Write(own), new Dictionary<string, string>(), isShipped: false, Token));
    }

    private static Task<(long? Id, IReadOnlyList<string> Problems)> AskAsync(TemporaryPapers papers, long account, params (string Name, string Value)[] parameters) =>
        papers.Get<LabQueue>().RequestAsync(account, Xor, RunMode.Quick, parameters.ToDictionary(p => p.Name, p => p.Value), Token);

    private static ReproductionResult Result(ReproductionDeclaration declaration, IReadOnlyDictionary<string, string> overrides) => new()
    {
        Slug = declaration.Slug,
        Mode = RunMode.Quick,
        StartedAt = DateTimeOffset.UnixEpoch,
        DurationSeconds = 1,
        Environment = new() { CpuModel = "none", LogicalCores = 1, MemoryBytes = 1, OperatingSystem = "none", Architecture = "none", DotNet = "none", Simd = [] },
        Libraries = new Dictionary<string, string>(),
        Parameters = declaration.Resolve(RunMode.Quick, overrides),
        Seeds = [.. declaration.Seeds.Take(declaration.Quick.SeedCount)],
        Timings = [],
        Claims = [],
        Observations = [],
        Figures = [],
        Verdict = Verdict.Partly,
    };
}
