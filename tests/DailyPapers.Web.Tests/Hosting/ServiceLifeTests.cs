using System.Net;
using DailyPapers.Editions.Starter;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using DailyPapers.Web.Hosting;
using DailyPapers.Web.Tests.Security;
using Microsoft.Data.Sqlite;

namespace DailyPapers.Web.Tests.Hosting;

public sealed class ServiceLifeTests
{
    [Fact]
    public async Task Starting_again_on_the_same_data_changes_nothing()
    {
        var root = Path.Combine(Path.GetTempPath(), "papers-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            ContentVersion first;
            string session;
            await using (var service = await RunningService.StartAsync(root: root))
            {
                using var reader = ServiceFixture.NewReader(service);
                await reader.RegisterAsync();
                first = await service.Get<ContentChanges>().NoticeAsync(TestContext.Current.CancellationToken);
                Assert.Equal(0, await service.Get<StarterCollection>().LoadAsync(TestContext.Current.CancellationToken));
                await PapersService.PrepareAsync(service.Get<IServiceProvider>(), TestContext.Current.CancellationToken);
                Assert.Equal(first, await service.Get<ContentChanges>().NoticeAsync(TestContext.Current.CancellationToken));
                session = reader.Cookies.Single(cookie => cookie.Name == "papers.session").Value;
            }

            await using var again = await RunningService.StartAsync(root: root);
            using var later = ServiceFixture.NewReader(again);
            Assert.Equal(first, again.Get<ContentChanges>().Current);
            Assert.Equal(61, (await later.PageAsync("/")).QuerySelectorAll("article.card").Length);
            // Keys are in the data directory: who was signed in still is.
            using var response = await later.SendAsync(HttpMethod.Get, "/about", headers: ("Cookie", $"papers.session={session}"));
            Assert.NotNull((await Reader.PageOfAsync(response)).QuerySelector(".who"));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task A_writer_elsewhere_delays_votes_and_no_reader()
    {
        await using var service = await RunningService.StartAsync();
        using var reader = ServiceFixture.NewReader(service);
        await reader.RegisterAsync();
        var token = Reader.Token(await reader.PageAsync("/about"));
        await using var writer = await OpenAsync(service);
        await ExecuteAsync(writer, "BEGIN IMMEDIATE");

        var vote = reader.PostAsync("/papers/2508.06601/upvote", ("__RequestVerificationToken", token), ("wanted", "true"));
        for (var i = 0; i < 3; i++)
            Assert.Equal(61, (await reader.PageAsync("/")).QuerySelectorAll("article.card").Length);
        Assert.False(vote.IsCompleted, "The vote was answered while another process held the database.");
        await ExecuteAsync(writer, "ROLLBACK");

        using var answer = await vote;
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("1", (await reader.PageAsync("/papers/2508.06601")).QuerySelector(".vote .count")!.TextContent);
    }

    [Fact]
    public async Task A_failure_is_a_page_with_a_number_and_nothing_from_inside()
    {
        await using var service = await RunningService.StartAsync();
        using var reader = ServiceFixture.NewReader(service);
        await using (var writer = await OpenAsync(service))
            await ExecuteAsync(writer, "ALTER TABLE EditionEntries RENAME TO Gone");

        using var response = await reader.GetAsync("/");

        var page = await Reader.PageOfAsync(response, HttpStatusCode.InternalServerError);
        Assert.Matches("^[0-9A-Z]+:[0-9A-F]+$", page.QuerySelector("main code")!.TextContent);
        Assert.DoesNotContain("SQLite", page.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        SecurityHeadersTests.AssertSecured(response);
        Assert.True(response.Headers.CacheControl is { NoStore: true } or { NoCache: true }, "A failure may be kept by a cache.");

        await using (var writer = await OpenAsync(service))
            await ExecuteAsync(writer, "ALTER TABLE Gone RENAME TO EditionEntries");
        await reader.PageAsync("/");
    }

    [Fact]
    public async Task A_failure_shown_to_a_signed_in_person_is_still_a_page()
    {
        await using var service = await RunningService.StartAsync();
        using var reader = ServiceFixture.NewReader(service);
        await reader.RegisterAsync();
        await using (var writer = await OpenAsync(service))
            await ExecuteAsync(writer, "ALTER TABLE Upvotes RENAME TO Gone");

        var page = await reader.PageAsync("/", HttpStatusCode.InternalServerError);

        Assert.Contains("Something failed", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_fetched_from_elsewhere_at_start_or_by_a_page()
    {
        await using var service = await RunningService.StartAsync();
        using var reader = ServiceFixture.NewReader(service);

        foreach (var path in (string[])["/", "/papers/2508.06601", "/lab", "/papers/trending"])
        {
            var page = await reader.PageAsync(path);
            Assert.All(page.QuerySelectorAll("[src], link[href]"), element =>
                Assert.StartsWith("/", element.GetAttribute("src") ?? element.GetAttribute("href")!, StringComparison.Ordinal));
        }
    }

    private static async Task<SqliteConnection> OpenAsync(RunningService service)
    {
        var connection = new SqliteConnection($"Data Source={service.Directory.DatabaseFile};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
