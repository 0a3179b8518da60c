using System.Text.Json;
using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Sources.HuggingFace;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Sources.HuggingFace;

public class HuggingFaceImportTests
{
    private static readonly DateOnly _day = new(2025, 8, 13);

    [Fact]
    public async Task Imports_papers_votes_submitters_and_the_lists_order_as_the_edition()
    {
        await using var server = await SourceServer.AnswerAsync(Json(Item("2508.00002", 7), Item("2508.00001", 31)));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<HuggingFaceImport>().RunAsync(_day, TestContext.Current.CancellationToken);
        var paper = await bed.Get<PaperReader>().FindAsync("2508.00001", TestContext.Current.CancellationToken);

        Assert.Equal((2, 2, 0), (summary.Accepted, summary.Added, summary.Rejected));
        Assert.Equal(["/api/daily_papers?date=2025-08-13&p=0&limit=100"], server.Requests);
        Assert.Contains("2025-08-13: 2508.00002 2508.00001\n", await bed.DumpAsync(), StringComparison.Ordinal);
        Assert.NotNull(paper);
        Assert.Equal((31, "https://github.com/a/b", "https://a.example"), (paper.HuggingFaceUpvotes, paper.CodeUrl, paper.ProjectUrl));
        Assert.Equal(["diffusion", "rl"], paper.Keywords);
        Assert.Equal(["Ana Müller", "Bo Li"], paper.Authors.Select(author => author.Name));
        Assert.Equal(new DateOnly(2025, 8, 11), paper.Published);
        Assert.Null(paper.Summary);
        Assert.DoesNotContain("model wrote", await bed.DumpAsync(), StringComparison.Ordinal);
        await using var db = await bed.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var submission = await db.Submissions.SingleAsync(s => s.PaperId == paper.Id, TestContext.Current.CancellationToken);
        Assert.Equal(("Cy Dee", "huggingface", new DateTimeOffset(2025, 8, 12, 8, 0, 0, TimeSpan.Zero)), (submission.SubmitterName, submission.Origin, submission.SubmittedAt));
    }

    [Fact]
    public async Task Importing_again_renews_the_votes_and_changes_nothing_else()
    {
        await using var server = await SourceServer.AnswerAsync(Json(Item("2508.00001", 5)), Json(Item("2508.00001", 6)));
        await using var bed = await SourceTestBed.CreateAsync(server);
        await bed.Get<HuggingFaceImport>().RunAsync(_day, TestContext.Current.CancellationToken);
        var before = await bed.DumpAsync();

        var summary = await bed.Get<HuggingFaceImport>().RunAsync(_day, TestContext.Current.CancellationToken);

        Assert.Equal((0, 1), (summary.Added, summary.Updated));
        Assert.Equal(before, await bed.DumpAsync());
        Assert.Equal(6, (await bed.Get<PaperReader>().FindAsync("2508.00001", TestContext.Current.CancellationToken))!.HuggingFaceUpvotes);
    }

    [Fact]
    public async Task Missing_unknown_and_misshapen_fields_cost_no_paper_and_bad_items_are_rejected()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer("""
            [ {"paper": {"id": "2508.00001", "title": "Bare", "unknown": {"x": [1]}}},
              {"paper": {"id": "2508.00002", "title": "Odd", "authors": "Ana", "upvotes": "many", "ai_keywords": [1, "RL"], "githubRepo": "not a link", "submittedOnDailyBy": 7}, "submittedBy": null},
              {"id": "2508.00003", "title": "Flat", "summary": "S", "upvotes": -4},
              {"paper": {"id": "paper-1", "title": "No id"}}, {"paper": {"id": "2508.00004"}}, {"paper": {"id": "2508.00005", "title": "T", "publishedAt": "2025-02-30T00:00:00Z"}}, 5, null, [] ]
            """, 200, "application/json"));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<HuggingFaceImport>().RunAsync(_day, TestContext.Current.CancellationToken);

        Assert.Equal((3, 6), (summary.Added, summary.Rejected));
        Assert.Equal(["id", "title", "publishedAt", "id", "id", "id"], summary.Rejects.Select(reject => reject.Field));
        Assert.Equal("paper-1 (item 4)", summary.Rejects[0].Position);
        var odd = await bed.Get<PaperReader>().FindAsync("2508.00002", TestContext.Current.CancellationToken);
        Assert.Equal((null, null), (odd!.HuggingFaceUpvotes, odd.CodeUrl));
        Assert.Equal(["rl"], odd.Keywords);
    }

    [Fact]
    public async Task A_month_is_paged_and_its_papers_go_into_the_editions_of_their_days()
    {
        var items = Enumerable.Range(1, 130).Select(i => Item($"2508.{i:00000}", i, $"2025-08-{1 + i % 2:00}T08:00:00.000Z")).ToList();
        await using var server = await SourceServer.AnswerAsync(Json(items.Take(100)), Json(items.Skip(100)));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<HuggingFaceImport>().RunMonthAsync(2025, 8, TestContext.Current.CancellationToken);

        Assert.Equal(130, summary.Added);
        Assert.Equal(["/api/daily_papers?month=2025-08&p=0&limit=100", "/api/daily_papers?month=2025-08&p=1&limit=100"], server.Requests);
        var editions = (await bed.DumpAsync(withCursors: false)).Split('\n').Where(line => line.StartsWith("2025-08-", StringComparison.Ordinal)).ToList();
        Assert.Equal([65, 65], editions.Select(edition => edition.Split(' ').Length - 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_services_own_words_for_an_error_are_shown(bool inHeader)
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(inHeader ? "" : "{\"error\": \"Invalid date\"}", 400, "application/json")
        {
            Headers = inHeader ? new Dictionary<string, string> { ["X-Error-Message"] = "Invalid date" } : [],
        });
        await using var bed = await SourceTestBed.CreateAsync(server);

        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<HuggingFaceImport>().RunAsync(_day, TestContext.Current.CancellationToken));

        Assert.Contains("400 Bad Request: Invalid date.", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("<html>proxy</html>", "web page")]
    [InlineData("[{\"paper\"", "not valid JSON")]
    [InlineData("{\"papers\": []}", "array of papers")]
    [InlineData("{\"error\": \"gone\"}", "gone")]
    public async Task An_answer_that_is_no_list_ends_the_run(string body, string said)
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(body, 200, "application/json"));
        await using var bed = await SourceTestBed.CreateAsync(server);
        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<HuggingFaceImport>().RunAsync(_day, TestContext.Current.CancellationToken));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Hugging Face: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Killed_at_any_access_to_the_database_the_next_run_completes_the_same_import()
    {
        var list = Json(Item("2508.00002", 7), Item("2508.00001", 31));
        return KillAndRestart.CheckAsync((context, _) => list.WriteAsync(context), bed => bed.Get<HuggingFaceImport>().RunAsync(_day, TestContext.Current.CancellationToken), requests: 1);
    }

    private static Answer Json(params IEnumerable<object> items) => new(JsonSerializer.Serialize(items), 200, "application/json");

    private static object Item(string id, int upvotes, string submittedAt = "2025-08-12T08:00:00.000Z") => new
    {
        paper = new
        {
            id,
            authors = new object[] { new { _id = "1", name = "Ana Müller", hidden = false }, new { name = "Bo Li" } },
            publishedAt = "2025-08-11T17:00:00.000Z",
            submittedOnDailyAt = submittedAt,
            submittedOnDailyBy = new { user = "cy", fullname = "Cy Dee", avatarUrl = "/x.svg" },
            title = $"Paper {id}",
            summary = "An\nabstract.",
            upvotes,
            projectPage = "https://a.example",
            githubRepo = "https://github.com/a/b",
            ai_summary = "A model wrote this.",
            ai_keywords = new[] { "Diffusion", "RL", "rl" },
        },
        publishedAt = submittedAt,
        title = $"Paper {id}",
        numComments = 2,
    };
}
