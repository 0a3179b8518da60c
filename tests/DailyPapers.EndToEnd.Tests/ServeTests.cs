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
            var line = Assert.Single(output.TrimEnd().Split('\n'));
            Assert.Matches(@"^papers: Another service \(process \d+\) already runs on the data directory .* Stop it first", line);
            Assert.Contains($"(process {first.Id}) already runs on the data directory '{folder.Path}'", line, StringComparison.Ordinal);
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
    public async Task What_a_command_brings_in_beside_a_service_is_found_there_by_words_and_by_meaning()
    {
        using var folder = new DataFolder();
        var (service, url) = await PapersProcess.ServeAsync(folder.Path);
        await using (service)
        {
            await File.WriteAllLinesAsync(folder.File("in.jsonl"), Enumerable.Range(0, 300).Select(JsonlPaper), TestContext.Current.CancellationToken);
            var (code, output) = await PapersProcess.RunAsync(folder.Path, null, "import", folder.File("in.jsonl"));
            Assert.True(code == 0, output);
            await Eventually.TrueAsync(async () =>
            {
                var health = await HealthAsync(url);
                return health.GetProperty("index").GetProperty("papers").GetInt32() == 361 && health.GetProperty("meaning").GetProperty("papers").GetInt32() == 361;
            });
            foreach (var mode in (string[])["lexical", "semantic", "hybrid"])
            {
                var found = await Http.GetStringAsync(new Uri(url, $"/api/search?q=paper+on+zebrafish299&limit=5&mode={mode}"), TestContext.Current.CancellationToken);
                Assert.Contains("zebrafish", found, StringComparison.Ordinal);
            }
            (code, output) = await PapersProcess.RunAsync(folder.Path, null, "search", "zebrafish299");
            Assert.True(code == 0, output);
            Assert.Contains("Paper 299 on", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_broken_model_file_is_named_by_the_service_and_by_the_command_which_go_on_by_words()
    {
        using var folder = new DataFolder();
        await File.WriteAllTextAsync(folder.File("own.dpe"), new string('x', 500), TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?> { ["Search:Embedding:Path"] = "own.dpe" };
        var (code, output) = await PapersProcess.RunAsync(folder.Path, settings, "search", "softmax");
        Assert.True(code == 0, output);
        Assert.Contains("Two-Pass", output, StringComparison.Ordinal);
        Assert.Contains("papers: papers cannot be embedded now", output, StringComparison.Ordinal);
        Assert.Contains(folder.File("own.dpe"), output, StringComparison.Ordinal);
        Assert.Contains("Search:Embedding:Path", output, StringComparison.Ordinal);

        var (service, url) = await PapersProcess.ServeAsync(folder.Path, settings);
        await using (service)
        {
            await Eventually.TrueAsync(async () => (await HealthAsync(url)).GetProperty("meaning").GetProperty("error").GetString() is { } error
                && error.Contains("own.dpe", StringComparison.Ordinal));
            Assert.Contains("Two-Pass", await Http.GetStringAsync(new Uri(url, "/api/search?q=two+pass"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Single(service.Output.Split('\n'), line => line.Contains("own.dpe", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("深度学习 обучение 🧠")]
    [InlineData("title:(\" AND NOT ( [* TO")]
    [InlineData(null)]
    public async Task A_query_of_any_kind_on_the_command_line_is_answered(string? text)
    {
        using var folder = new DataFolder();
        // A megabyte in many words: one argument alone may not be that long.
        var (code, output) = await PapersProcess.RunAsync(folder.Path, null, ["search", "--json", "--", .. text is null ? Enumerable.Repeat(new string('w', 200), 5_000) : [text]]);
        Assert.True(code is 0 or 3, $"exit code {code}: {output}");
        Assert.DoesNotContain("should not have happened", output, StringComparison.Ordinal);
        if (text is null)
            Assert.Contains("1,004,999 characters; the first", output, StringComparison.Ordinal);
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
