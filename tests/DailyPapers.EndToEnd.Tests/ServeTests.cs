using System.Net;
using System.Text.Json;
using DailyPapers.Sources;

namespace DailyPapers.EndToEnd.Tests;

public class ServeTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task An_empty_data_directory_is_served_with_the_starter_collection_and_can_be_searched()
    {
        using var folder = new DataFolder();
        var (service, url) = await PapersProcess.ServeAsync(folder.Path);
        await using (service)
        {
            var home = await Http.GetStringAsync(url, TestContext.Current.CancellationToken);
            Assert.Contains("Wednesday, 13 August 2025", home, StringComparison.Ordinal);
            Assert.Equal(61, home.Split("<article class=\"card").Length - 1);
            await Eventually.TrueAsync(async () => (await HealthAsync(url)).GetProperty("index").GetProperty("papers").GetInt32() == 61);
            var found = await Http.GetStringAsync(new Uri(url, "/search?q=softmax"), TestContext.Current.CancellationToken);
            Assert.Contains("Algorithm", found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_killed_service_serves_the_same_after_a_restart_and_finds_what_came_in_between()
    {
        using var folder = new DataFolder();
        var (first, firstUrl) = await PapersProcess.ServeAsync(folder.Path);
        await Eventually.TrueAsync(async () => (await HealthAsync(firstUrl)).GetProperty("index").GetProperty("papers").GetInt32() == 61);
        // Killed while it reads what another process brings in: whatever the index had, it is behind the database.
        await File.WriteAllLinesAsync(folder.File("in.jsonl"), Enumerable.Range(0, 3000).Select(JsonlPaper), TestContext.Current.CancellationToken);
        var (code, output) = await PapersProcess.RunAsync(folder.Path, null, "import", folder.File("in.jsonl"));
        await first.KillAsync();
        await first.DisposeAsync();
        Assert.True(code == 0, output);

        var (second, url) = await PapersProcess.ServeAsync(folder.Path);
        await using (second)
        {
            await Eventually.TrueAsync(async () =>
            {
                var index = (await HealthAsync(url)).GetProperty("index");
                return index.GetProperty("upToDate").GetBoolean() && index.GetProperty("papers").GetInt32() == 3061;
            });
            var found = await Http.GetStringAsync(new Uri(url, "/search?q=zebrafish2999&mode=lexical"), TestContext.Current.CancellationToken);
            Assert.Contains("1 paper in", found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_second_service_on_a_data_directory_is_refused_and_a_killed_one_does_not_block_the_next()
    {
        using var folder = new DataFolder();
        var (first, url) = await PapersProcess.ServeAsync(folder.Path);
        await using (first)
        {
            var (code, output) = await PapersProcess.RunAsync(folder.Path, null, "serve", "--urls", "http://127.0.0.1:0");
            Assert.Equal(1, code);
            Assert.Matches(@"^papers: Another service \(process \d+\) already runs on the data directory .* Stop it first", output);
            Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync(url, TestContext.Current.CancellationToken)).StatusCode);
            // Commands work beside a service.
            Assert.Equal(0, (await PapersProcess.RunAsync(folder.Path, null, "search", "softmax")).ExitCode);
            await first.KillAsync();
        }
        var (second, again) = await PapersProcess.ServeAsync(folder.Path);
        await using (second)
            Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync(again, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_deleted_index_is_built_anew()
    {
        using var folder = new DataFolder();
        var (code, _) = await PapersProcess.RunAsync(folder.Path, null, "search", "softmax");
        Assert.Equal(0, code);
        Directory.Delete(folder.File("index"), recursive: true);
        (code, var output) = await PapersProcess.RunAsync(folder.Path, null, "search", "softmax");
        Assert.Equal(0, code);
        Assert.Contains("Two-Pass", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offline_service_says_so_once_and_works()
    {
        using var folder = new DataFolder();
        // The harvest of a day the service slept through is made up for at its start.
        await folder.AskAsync(db =>
        {
            db.Add(new SourceCursor { Key = "arxiv-schedule", State = """{"LastRun":"2025-08-01T00:00:00+00:00"}""" });
            return db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        var unreachable = new Dictionary<string, string?>
        {
            // Port 9 of this machine: nobody listens there.
            ["Sources:Arxiv:OaiUrl"] = "http://127.0.0.1:9/oai",
            ["Sources:Arxiv:RssUrl"] = "http://127.0.0.1:9/rss/",
            ["Sources:Arxiv:Categories"] = "cs.LG",
            ["Sources:Arxiv:Schedule"] = "@daily",
            ["Sources:Retries"] = "0",
        };
        var (service, url) = await PapersProcess.ServeAsync(folder.Path, unreachable);
        await using (service)
        {
            await Eventually.TrueAsync(() => Task.FromResult(service.Output.Contains("arXiv", StringComparison.Ordinal)));
            Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync(url, TestContext.Current.CancellationToken)).StatusCode);
            Assert.Single(service.Output.Split('\n'), line => line.Contains("arXiv", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_backup_made_while_serving_restores_into_another_directory()
    {
        using var folder = new DataFolder();
        using var other = new DataFolder();
        var (service, _) = await PapersProcess.ServeAsync(folder.Path);
        await using (service)
        {
            Assert.Equal(0, (await PapersProcess.RunAsync(folder.Path, null, "backup", other.File("copy.db"))).ExitCode);
        }
        Assert.Equal(0, (await PapersProcess.RunAsync(other.Path, null, "restore", other.File("copy.db"), "--yes")).ExitCode);
        var (code, output) = await PapersProcess.RunAsync(other.Path, null, "show", "2001.04438");
        Assert.Equal(0, code);
        Assert.Contains("Two-Pass Softmax", output, StringComparison.Ordinal);
    }

    internal static string JsonlPaper(int number) =>
        $$"""{"title":"Paper {{number}} on zebrafish{{number}}","abstract":"An abstract about topic {{number % 7}}.","authors":["Ada Author","Bo Writer"],"year":{{2000 + (number % 25)}},"keywords":["k{{number % 11}}"]}""";

    private static async Task<JsonElement> HealthAsync(Uri url)
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri(url, "/healthz"), TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }
}
