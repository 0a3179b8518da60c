using DailyPapers.Lab.Contract;
using DailyPapers.Reproductions.Requests;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.EndToEnd.Tests;

/// <summary>What is asked for on the site is computed by the real runner.</summary>
public class LabRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_was_asked_for_is_computed_and_kept_apart_from_the_paper_s()
    {
        using var folder = new DataFolder();
        var id = await AskAsync(folder, ("n", "20"), ("p", "100"), ("m", "10"), ("steps", "4"), ("testPoints", "100"));
        var (service, url) = await PapersProcess.ServeAsync(folder.Path);
        await using (service)
        {
            var run = (await EndAsync(folder, id, LabRunState.Done)).RunId!.Value;
            using var http = new HttpClient { BaseAddress = url };
            var page = await http.GetStringAsync($"/lab/runs/{run}", Token);
            Assert.Contains("this is not the paper", page, StringComparison.Ordinal);
            Assert.Contains("p = 100", page, StringComparison.Ordinal);
            // The paper's page lists the run, and the verdict it shows is that of another.
            var paper = await http.GetStringAsync("/lab/benign-overfitting-xor", Token);
            Assert.Contains($"href=\"/lab/runs/{run}\"", paper, StringComparison.Ordinal);
            var verdict = paper[paper.IndexOf("id=\"reproduction\"", StringComparison.Ordinal)..paper.IndexOf("id=\"run\"", StringComparison.Ordinal)];
            Assert.Contains("p = 40000", verdict, StringComparison.Ordinal);
            Assert.DoesNotContain("p = 100", verdict, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_run_under_way_when_its_service_is_killed_ends_with_it_and_is_computed_after_the_next_start()
    {
        using var folder = new DataFolder();
        var id = await AskAsync(folder, ("n", "100"), ("p", "1000"), ("m", "100"), ("steps", "1000"));
        var (killed, _) = await PapersProcess.ServeAsync(folder.Path);
        await using (killed)
        {
            await Eventually.TrueAsync(() => folder.AskAsync(db => db.LabRunRequests.AnyAsync(r => r.State == LabRunState.Running && r.Fraction > 0, Token)));
            await killed.KillAsync();
        }
        Assert.Equal(LabRunState.Running, await folder.AskAsync(db => db.LabRunRequests.Select(r => r.State).SingleAsync(Token)));

        // The same request with less to do: what is tested is that it is taken up again.
        await folder.AskAsync(db => db.LabRunRequests.Where(r => r.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Parameters, new Dictionary<string, string> { ["n"] = "20", ["p"] = "100", ["m"] = "10", ["steps"] = "4" }), Token));
        var (service, _) = await PapersProcess.ServeAsync(folder.Path);
        await using (service)
            Assert.NotNull((await EndAsync(folder, id, LabRunState.Done)).RunId);
    }

    [Fact]
    public async Task A_run_under_way_is_cancelled()
    {
        using var folder = new DataFolder();
        var id = await AskAsync(folder, ("n", "100"), ("p", "1000"), ("m", "100"), ("steps", "1000"));
        var (service, _) = await PapersProcess.ServeAsync(folder.Path);
        await using (service)
        {
            await Eventually.TrueAsync(() => folder.AskAsync(db => db.LabRunRequests.AnyAsync(r => r.State == LabRunState.Running && r.Fraction > 0, Token)));
            await folder.AskAsync(db => db.LabRunRequests.ExecuteUpdateAsync(set => set.SetProperty(r => r.State, LabRunState.Stopping), Token));
            Assert.Null((await EndAsync(folder, id, LabRunState.Cancelled)).RunId);
        }
    }

    private static Task<long> AskAsync(DataFolder folder, params (string Name, string Value)[] parameters) => folder.AskAsync(async db =>
    {
        var request = new LabRunRequest
        {
            LabSlug = "benign-overfitting-xor",
            Mode = RunMode.Quick,
            Parameters = parameters.ToDictionary(p => p.Name, p => p.Value),
            RequestedAt = DateTimeOffset.UtcNow,
        };
        db.LabRunRequests.Add(request);
        await db.SaveChangesAsync(Token);
        return request.Id;
    });

    private static async Task<LabRunRequest> EndAsync(DataFolder folder, long id, LabRunState expected)
    {
        var ended = await Eventually.Async(() => folder.AskAsync(db => db.LabRunRequests.AsNoTracking().SingleOrDefaultAsync(
            r => r.Id == id && (r.State == LabRunState.Done || r.State == LabRunState.Failed || r.State == LabRunState.Cancelled), Token)));
        Assert.True(ended.State == expected, $"{ended.State}: {ended.Error}");
        return ended;
    }
}
