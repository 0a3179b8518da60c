using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Sources.Arxiv;
using Microsoft.AspNetCore.Http;

namespace DailyPapers.Tests.Sources.Arxiv;

public class ArxivOaiHarvestTests
{
    private static readonly ArxivOaiSelection _august = new() { Set = "cs:cs:LG", From = new DateOnly(2025, 8, 1), Until = new DateOnly(2025, 8, 10) };

    [Fact]
    public async Task Reads_every_field_of_a_record()
    {
        var versions = ArxivXml.Version(1, "Fri, 1 Aug 2025 10:00:00 GMT") + ArxivXml.Version(2, "Tue, 5 Aug 2025 11:30:00 GMT");
        await using var server = await SourceServer.AnswerAsync(ArxivXml.List(null, ArxivXml.Record(
            "2508.00001",
            "Erd\\H{o}s  numbers\n and $\\alpha_1$ <script>alert(1)</script>",
            @"Ana M\""uller (1), Bo Li (1 and 2), Cy Dee Jr. ((1) ETH, Zurich, (2) MIT)",
            versions: versions,
            more: "<doi>https://doi.org/10.1000/ABC.5</doi><journal-ref>J. Tests 3 (2025) 1</journal-ref>")));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<ArxivOaiHarvest>().RunAsync(_august, null, TestContext.Current.CancellationToken);
        var paper = await bed.Get<PaperReader>().FindAsync("2508.00001", TestContext.Current.CancellationToken);

        Assert.Equal((1, 1, 0), (summary.Accepted, summary.Added, summary.Rejected));
        Assert.NotNull(paper);
        Assert.Equal("Erdős numbers and $\\alpha_1$ <script>alert(1)</script>", paper.Title);
        Assert.Equal(
            [new Author { Name = "Ana Müller", Affiliation = "ETH, Zurich" }, new Author { Name = "Bo Li", Affiliation = "ETH, Zurich; MIT" }, new Author { Name = "Cy Dee Jr." }],
            paper.Authors);
        Assert.Equal("An abstract.", paper.Abstract);
        Assert.Equal(["cs.LG", "stat.ML"], paper.Categories);
        Assert.Equal(("10.1000/abc.5", "J. Tests 3 (2025) 1", "12 pages", 2), (paper.Doi, paper.Venue, paper.Comment, paper.ArxivVersion));
        Assert.Equal((new DateOnly(2025, 8, 1), DatePrecision.Day), (paper.Published, paper.PublishedPrecision));
        Assert.Equal(new DateTimeOffset(2025, 8, 5, 11, 30, 0, TimeSpan.Zero), paper.Revised);
        Assert.Equal(["12kb", "12kb"], paper.Versions.Select(version => version.Note));
        Assert.False(paper.IsWithdrawn);
        Assert.Equal(["/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs:cs:LG&from=2025-08-01&until=2025-08-10"], server.Requests);
        Assert.Matches(@"^DailyPapers/[0-9.]+ \(\+https://papers\.example/about\)$", server.UserAgents.First());
    }

    [Fact]
    public async Task Follows_tokens_and_windows_and_waits_three_seconds_between_requests()
    {
        await using var server = await SourceServer.AnswerAsync(
            ArxivXml.List("t/1 &x", ArxivXml.Record("2508.00001")), ArxivXml.List(null, ArxivXml.Record("2508.00002")),
            ArxivXml.OaiError("noRecordsMatch"));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<ArxivOaiHarvest>().RunAsync(_august with { WindowDays = 5 }, null, TestContext.Current.CancellationToken);

        Assert.Equal(2, summary.Added);
        Assert.Equal(
            [
                "/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs:cs:LG&from=2025-08-01&until=2025-08-05",
                "/oai?verb=ListRecords&resumptionToken=t/1 &x",
                "/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs:cs:LG&from=2025-08-06&until=2025-08-10",
            ],
            server.Requests);
        Assert.Equal(2, bed.Time.Waits.Count);
        Assert.All(bed.Time.Waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task A_standing_harvest_goes_on_where_it_ended_and_asks_again_for_the_days_that_could_still_grow()
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.OaiError("noRecordsMatch"));
        await using var bed = await SourceTestBed.CreateAsync(server);
        var standing = new ArxivOaiSelection { From = new DateOnly(2025, 8, 10) };

        await bed.Get<ArxivOaiHarvest>().RunAsync(standing, null, TestContext.Current.CancellationToken);
        bed.Time.Advance(TimeSpan.FromDays(3));
        await bed.Get<ArxivOaiHarvest>().RunAsync(standing, null, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "/oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2025-08-10&until=2025-08-14",
                "/oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2025-08-13&until=2025-08-17",
            ],
            server.Requests);
    }

    [Fact]
    public async Task Without_a_beginning_it_asks_when_the_records_begin()
    {
        await using var server = await SourceServer.AnswerAsync(
            new Answer(ArxivXml.Oai("<Identify><earliestDatestamp>2025-08-12</earliestDatestamp></Identify>")), ArxivXml.OaiError("noRecordsMatch"));
        await using var bed = await SourceTestBed.CreateAsync(server);

        await bed.Get<ArxivOaiHarvest>().RunAsync(new ArxivOaiSelection(), null, TestContext.Current.CancellationToken);

        Assert.Equal(["/oai?verb=Identify", "/oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2025-08-12&until=2025-08-14"], server.Requests);
    }

    [Fact]
    public async Task Deleted_and_withdrawn_papers_are_marked_and_keep_their_text()
    {
        await using var server = await SourceServer.AnswerAsync(
            ArxivXml.List("next", ArxivXml.Record("2508.00001"), ArxivXml.Record("2508.00002"), ArxivXml.Record("2508.00003")),
            ArxivXml.List(
                null,
                ArxivXml.Deleted("2508.00001"),
                ArxivXml.Deleted("2508.99999"),
                ArxivXml.Record("2508.00002", comments: "This paper has been withdrawn by the authors due to an error in Lemma 2", versions: ArxivXml.Version(1, "Fri, 1 Aug 2025 10:00:00 GMT") + ArxivXml.Version(2, "Sat, 2 Aug 2025 10:00:00 GMT"))));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<ArxivOaiHarvest>().RunAsync(_august, null, TestContext.Current.CancellationToken);

        Assert.Equal(0, summary.Rejected);
        var reader = bed.Get<PaperReader>();
        foreach (var (id, withdrawn) in new[] { ("2508.00001", true), ("2508.00002", true), ("2508.00003", false) })
        {
            var paper = await reader.FindAsync(id, TestContext.Current.CancellationToken);
            Assert.Equal((withdrawn, "An abstract."), (paper!.IsWithdrawn, paper.Abstract));
        }
    }

    [Fact]
    public async Task A_bad_record_is_rejected_with_its_reason_and_its_neighbours_are_stored()
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.List(
            null,
            ArxivXml.Record("2508.00001"),
            ArxivXml.Record("25O8.00002"),
            ArxivXml.Record("2508.00003", title: " "),
            ArxivXml.Record("2508.00004", versions: ArxivXml.Version(1, "Sat, 30 Feb 2025 10:00:00 GMT")),
            ArxivXml.Record("2508.00005", versions: "<version version=\"two\"/>"),
            "<record><header><identifier>oai:arXiv.org:2508.00006</identifier></header></record>",
            ArxivXml.Record("2508.00007")));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<ArxivOaiHarvest>().RunAsync(_august, null, TestContext.Current.CancellationToken);

        Assert.Equal((2, 5), (summary.Added, summary.Rejected));
        Assert.Equal(["id", "title", "version.date", "version", "metadata"], summary.Rejects.Select(reject => reject.Field));
        Assert.Equal("oai:arXiv.org:2508.00004", summary.Rejects[2].Position);
        Assert.Contains("30 Feb", summary.Rejects[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_token_restarts_the_window_and_loses_nothing()
    {
        await using var server = await SourceServer.AnswerAsync(
            ArxivXml.List("t1", ArxivXml.Record("2508.00001")),
            ArxivXml.OaiError("badResumptionToken", "expired"),
            ArxivXml.List("t2", ArxivXml.Record("2508.00001")),
            ArxivXml.List(null, ArxivXml.Record("2508.00002")));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<ArxivOaiHarvest>().RunAsync(_august, null, TestContext.Current.CancellationToken);

        Assert.Equal((2, 1), (summary.Added, summary.Unchanged));
        Assert.Equal(server.Requests.First(), server.Requests.ElementAt(2));
    }

    [Fact]
    public async Task Tokens_that_go_round_in_a_circle_end_the_run_with_a_reason()
    {
        await using var server = await SourceServer.StartAsync((context, number) =>
            ArxivXml.List(number % 2 == 0 ? "t1" : "t2", ArxivXml.Record("2508.00001")).WriteAsync(context));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<ArxivOaiHarvest>().RunAsync(_august, null, TestContext.Current.CancellationToken));

        Assert.Contains("resumption token was repeated", error.Message, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 3, 12);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_the_time_it_names()
    {
        await using var server = await SourceServer.AnswerAsync(
            new Answer("busy", 503, "text/plain") { Headers = new Dictionary<string, string> { ["Retry-After"] = "77" } },
            ArxivXml.List(null, ArxivXml.Record("2508.00001")));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<ArxivOaiHarvest>().RunAsync(_august, null, TestContext.Current.CancellationToken);

        Assert.Equal(1, summary.Added);
        Assert.Equal([TimeSpan.FromSeconds(77)], bed.Time.Waits);
    }

    [Fact]
    public async Task A_pause_of_hours_ends_the_run_and_says_until_when()
    {
        await using var server = await SourceServer.AnswerAsync(
            new Answer("down", 503, "text/plain") { Headers = new Dictionary<string, string> { ["Retry-After"] = "Thu, 14 Aug 2025 20:00:00 GMT" } });
        await using var bed = await SourceTestBed.CreateAsync(server);

        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<ArxivOaiHarvest>().RunAsync(_august, null, TestContext.Current.CancellationToken));

        Assert.Contains("2025-08-14 20:00 UTC", error.Message, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2025, 8, 14, 20, 0, 0, TimeSpan.Zero), error.NotBefore);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("noSetHierarchy")]
    [InlineData("badArgument")]
    public async Task A_refusal_is_shown(string code)
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.OaiError(code, "No such set."));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<ArxivOaiHarvest>().RunAsync(_august, null, TestContext.Current.CancellationToken));

        Assert.Contains($"({code}): No such set.", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Killed_at_any_access_to_the_database_the_next_run_completes_the_same_harvest()
    {
        Answer[] pages =
        [
            ArxivXml.List("t1", ArxivXml.Record("2508.00001"), ArxivXml.Record("2508.00002", title: "")),
            ArxivXml.List("t2", ArxivXml.Record("2508.00003"), ArxivXml.Deleted("2508.00001")),
            ArxivXml.List(null, ArxivXml.Record("2508.00004", title: "Another"), ArxivXml.Record("2508.00003", versions: ArxivXml.Version(2, "Sat, 2 Aug 2025 10:00:00 GMT"))),
        ];
        // Answers by what is asked, so that a page asked for again is that page again.
        Task Respond(HttpContext context, int number) =>
            pages[(string?)context.Request.Query["resumptionToken"] switch { "t1" => 1, "t2" => 2, _ => 0 }].WriteAsync(context);

        await KillAndRestart.CheckAsync(Respond, bed => bed.Get<ArxivOaiHarvest>().RunAsync(_august, null, TestContext.Current.CancellationToken), requests: 3);
    }
}
