using System.Globalization;
using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Sources.Arxiv;
using Microsoft.AspNetCore.Http;

namespace DailyPapers.Tests.Sources.Arxiv;

public class ArxivQueryImportTests
{
    private static readonly ArxivQuery _query = new() { Categories = ["cs.LG", "stat.ML"], From = new DateOnly(2025, 8, 1), Until = new DateOnly(2025, 8, 2), PageSize = 2 };

    [Fact]
    public async Task Reads_every_field_of_an_entry()
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.Atom(1, ArxivXml.Entry("2508.00001v3", "On\n  G\\\"odel", extra: """
            <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/X</arxiv:doi><arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">5 pages</arxiv:comment>
            <arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">J. T.</arxiv:journal_ref>
            """)));
        await using var bed = await SourceTestBed.CreateAsync(server);

        await bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken);
        var paper = await bed.Get<PaperReader>().FindAsync("2508.00001", TestContext.Current.CancellationToken);

        Assert.NotNull(paper);
        Assert.Equal(("On Gödel", "An abstract over two lines.", "10.1000/x", "5 pages", "J. T.", 3), (paper.Title, paper.Abstract, paper.Doi, paper.Comment, paper.Venue, paper.ArxivVersion));
        Assert.Equal([new Author { Name = "Ana Müller", Affiliation = "ETH" }, new Author { Name = "Bo Li" }], paper.Authors);
        Assert.Equal(["cs.LG", "stat.ML"], paper.Categories);
        Assert.Equal(
            ["/api/query?search_query=(cat:cs.LG OR cat:stat.ML) AND submittedDate:[202508010000 TO 202508022359]&start=0&max_results=2&sortBy=submittedDate&sortOrder=ascending"],
            server.Requests);
    }

    [Fact]
    public async Task Empty_and_short_pages_in_mid_listing_lose_nothing()
    {
        await using var server = await SourceServer.AnswerAsync(
            ArxivXml.Atom(3, ArxivXml.Entry("2508.00001v1")),
            ArxivXml.Atom(3),
            ArxivXml.Atom(0),
            ArxivXml.Atom(3, ArxivXml.Entry("2508.00002v1"), ArxivXml.Entry("2508.00003v1")));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken);

        Assert.Equal(3, summary.Added);
        Assert.Equal(["0", "1", "1", "1"], server.Requests.Select(request => request.Split("start=")[1].Split('&')[0]));
    }

    [Fact]
    public async Task A_listing_that_stays_empty_ends_the_run_and_can_be_continued()
    {
        await using var server = await SourceServer.StartAsync((context, number) =>
            (number is 1 or > 7 ? ArxivXml.Atom(2, ArxivXml.Entry($"2508.0000{Math.Min(number, 2)}v1")) : ArxivXml.Atom(2)).WriteAsync(context));
        await using var bed = await SourceTestBed.CreateAsync(server);
        var import = bed.Get<ArxivQueryImport>();

        var error = await Assert.ThrowsAsync<SourceException>(() => import.RunAsync(_query, null, TestContext.Current.CancellationToken));
        var rest = await import.RunAsync(_query, null, TestContext.Current.CancellationToken);

        Assert.Contains("from entry 2 of 2 came empty", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, "entry 2"), (rest.Added, rest.ResumedFrom));
    }

    [Fact]
    public async Task A_listing_longer_than_arxiv_serves_is_continued_by_date()
    {
        var days = Enumerable.Range(1, 7).ToList();
        await using var server = await SourceServer.StartAsync((context, _) => Listing(context, days));
        await using var bed = await SourceTestBed.CreateAsync(server, settings: new Dictionary<string, string?> { ["Sources:Arxiv:LongestListing"] = "3" });

        var summary = await bed.Get<ArxivQueryImport>().RunAsync(_query with { Until = new DateOnly(2025, 8, 30) }, null, TestContext.Current.CancellationToken);

        Assert.Equal(7, summary.Added);
        Assert.All(server.Requests, request => Assert.True(int.Parse(request.Split("start=")[1].Split('&')[0], CultureInfo.InvariantCulture) < 3));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task An_error_entry_is_shown_whatever_the_status(int status)
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(ArxivXml.ErrorFeed("incorrect id format for 1234"), status));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken));

        Assert.Contains("incorrect id format for 1234", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Papers_by_identifier_are_fetched_together_and_missing_ones_reported()
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.Atom(
            3, ArxivXml.Entry("2508.00001v2"), ArxivXml.Entry("hep-th/9901001v1"), "<entry><id>http://arxiv.org/abs/2508.00003v1</id></entry>"));
        await using var bed = await SourceTestBed.CreateAsync(server);
        List<ArxivId> ids = [ArxivId.Parse("2508.00001"), ArxivId.Parse("hep-th/9901001"), ArxivId.Parse("2508.00003"), ArxivId.Parse("2508.00004")];

        var summary = await bed.Get<ArxivQueryImport>().RunAsync(new ArxivQuery { Ids = ids }, null, TestContext.Current.CancellationToken);

        Assert.Equal((2, 2), (summary.Added, summary.Rejected));
        Assert.Equal(["title", "id"], summary.Rejects.Select(reject => reject.Field));
        Assert.Equal(["/api/query?id_list=2508.00001,hep-th/9901001,2508.00003,2508.00004&start=0&max_results=4"], server.Requests);
    }

    [Fact]
    public async Task A_withdrawal_in_the_abstract_is_seen_and_withdrawn_drugs_are_not()
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.Atom(
            2,
            ArxivXml.Entry("2508.00001v2").Replace("An abstract", "This paper has been withdrawn", StringComparison.Ordinal),
            ArxivXml.Entry("2508.00002v1").Replace("An abstract", "Withdrawn drugs are studied here", StringComparison.Ordinal)));
        await using var bed = await SourceTestBed.CreateAsync(server);

        await bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken);

        Assert.True((await bed.Get<PaperReader>().FindAsync("2508.00001", TestContext.Current.CancellationToken))!.IsWithdrawn);
        Assert.False((await bed.Get<PaperReader>().FindAsync("2508.00002", TestContext.Current.CancellationToken))!.IsWithdrawn);
    }

    [Theory]
    [InlineData("LG.cs")]
    [InlineData("cs.LG OR all:x")]
    [InlineData("")]
    public async Task A_category_that_is_none_is_refused_before_anything_is_asked(string category)
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.Atom(0));
        await using var bed = await SourceTestBed.CreateAsync(server);

        await Assert.ThrowsAsync<SourceException>(() => bed.Get<ArxivQueryImport>().RunAsync(new ArxivQuery { Categories = [category] }, null, TestContext.Current.CancellationToken));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public Task Killed_at_any_access_to_the_database_the_next_run_completes_the_same_import()
    {
        var days = Enumerable.Range(1, 5).ToList();
        return KillAndRestart.CheckAsync(
            (context, _) => Listing(context, days), bed => bed.Get<ArxivQueryImport>().RunAsync(_query with { Until = new DateOnly(2025, 8, 30) }, null, TestContext.Current.CancellationToken), requests: 3);
    }

    /// <summary>Answers as the API does: entries in the span asked for, in order, from the start asked for.</summary>
    private static Task Listing(HttpContext context, List<int> days)
    {
        var query = context.Request.Query;
        var from = query["search_query"].ToString().Split('[')[1].Split(' ')[0];
        var within = days.Where(day => string.CompareOrdinal($"202508{day:00}1000", from) >= 0).ToList();
        var page = within.Skip(int.Parse(query["start"]!, CultureInfo.InvariantCulture)).Take(int.Parse(query["max_results"]!, CultureInfo.InvariantCulture));
        return ArxivXml.Atom(within.Count, page.Select(day => ArxivXml.Entry($"2508.0000{day}v1", $"Paper {day}", $"2025-08-{day:00}T10:00:00Z"))).WriteAsync(context);
    }
}
