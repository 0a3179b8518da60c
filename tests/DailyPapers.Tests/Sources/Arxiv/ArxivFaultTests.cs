using System.IO.Compression;
using System.Text;
using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Sources.Arxiv;

namespace DailyPapers.Tests.Sources.Arxiv;

/// <summary>What a hostile or ailing server may answer. All of arXiv's interfaces share the client that is tested here.</summary>
public class ArxivFaultTests
{
    private static readonly ArxivQuery _query = new() { Categories = ["cs.LG"] };

    [Fact]
    public async Task An_answer_cut_off_on_its_way_is_fetched_again_and_nothing_of_it_is_stored()
    {
        var whole = ArxivXml.Atom(2, ArxivXml.Entry("2508.00001v1"), ArxivXml.Entry("2508.00002v1", "Other"));
        await using var server = await SourceServer.AnswerAsync(
            whole with { BreaksOffBefore = 300 }, whole with { Body = whole.Body[..^300] }, ArxivXml.Atom(2, ArxivXml.Entry("2508.00001v1"), ArxivXml.Entry("2508.00003v1", "Other")));
        await using var bed = await SourceTestBed.CreateAsync(server);

        var summary = await bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken);

        Assert.Equal(2, summary.Added);
        Assert.Null(await bed.Get<PaperReader>().FindAsync("2508.00002", TestContext.Current.CancellationToken));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_stays_cut_off_ends_the_run_without_a_trace()
    {
        var whole = ArxivXml.Atom(1, ArxivXml.Entry("2508.00001v1"));
        await using var server = await SourceServer.AnswerAsync(whole with { Body = whole.Body[..^20] });
        var error = await FailureAsync(server);
        Assert.Contains("the answer cannot be read", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("<!DOCTYPE feed [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>&x;</title></entry></feed>")]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><feed>&c;</feed>")]
    public async Task Document_types_are_refused_at_once(string document)
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(document));
        var error = await FailureAsync(server);
        Assert.Contains("document type", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_document_type_behind_a_long_comment_is_refused_too()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer($"<!--{new string('x', 5000)}--><!DOCTYPE feed [<!ENTITY x \"y\">]><feed>&x;</feed>"));
        var error = await FailureAsync(server);
        Assert.Contains("DTD", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(string.Concat(Enumerable.Repeat("<a>", 100_000))));
        Assert.Contains("nested too deeply", (await FailureAsync(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzip_bomb_is_stopped_at_the_bound()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[4 * 1024 * 1024]);
        await using var server = await SourceServer.AnswerAsync(new Answer(bomb.ToArray()) { Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } });
        var error = await FailureAsync(server, ("Sources:MaxResponseBytes", "1048576"));
        Assert.Contains("more than 1,048,576 bytes", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stalled_answer_ends_after_the_timeout()
    {
        await using var server = await SourceServer.StartAsync(async (context, _) =>
        {
            await context.Response.Body.WriteAsync("<feed"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var error = await FailureAsync(server, ("Sources:RequestTimeout", "00:00:00.5"), ("Sources:Retries", "0"));
        Assert.Contains("not complete after 0.5 s", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsUnreachable);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        Uri gone;
        await using (var server = await SourceServer.AnswerAsync(ArxivXml.Atom(0)))
            gone = server.Url;
        await using var bed = await SourceTestBed.CreateAsync(null, settings: new Dictionary<string, string?> { ["Sources:Arxiv:AtomUrl"] = gone.ToString(), ["Sources:Retries"] = "1" });

        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken));

        Assert.True(error.IsUnreachable);
        Assert.Contains(gone.Authority, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, 3)]
    [InlineData(404, 1)]
    [InlineData(403, 1)]
    public async Task An_error_status_is_named_and_only_a_passing_one_tried_again(int status, int requests)
    {
        await using var server = await SourceServer.AnswerAsync(new Answer("no", status, "text/plain"));
        var error = await FailureAsync(server);
        Assert.Contains($"it answered {status}", error.Message, StringComparison.Ordinal);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task A_log_in_page_is_recognised()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer("<!DOCTYPE html><html><body>Log in</body></html>", 200, "text/html"));
        Assert.Contains("web page rather than with data", (await FailureAsync(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_are_followed_in_turn_and_circles_end()
    {
        await using var server = await SourceServer.StartAsync((context, number) => number == 1
            ? new Answer("", 301) { Headers = new Dictionary<string, string> { ["Location"] = "/moved" } }.WriteAsync(context)
            : ArxivXml.Atom(1, ArxivXml.Entry("2508.00001v1")).WriteAsync(context));
        await using var bed = await SourceTestBed.CreateAsync(server);
        Assert.Equal(1, (await bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken)).Added);
        Assert.Equal("/moved", server.Requests.Last());
        Assert.Single(bed.Time.Waits);

        await using var circle = await SourceServer.AnswerAsync(new Answer("", 302) { Headers = new Dictionary<string, string> { ["Location"] = "/again" } });
        Assert.Contains("redirected more than", (await FailureAsync(circle)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", "utf-8", "utf-8")]
    [InlineData("utf-8", "iso-8859-1", "iso-8859-1")]
    [InlineData("iso-8859-1", "iso-8859-1", null)]
    [InlineData("iso-8859-1", null, "iso-8859-1")]
    [InlineData("utf-16", "utf-16", null)]
    public async Task Text_arrives_as_it_was_meant_whatever_is_declared(string actual, string? declared, string? charset)
    {
        var text = ArxivXml.AtomText(1, ArxivXml.Entry("2508.00001v1", "Größe")).Replace(" encoding=\"UTF-8\"", declared is null ? "" : $" encoding=\"{declared}\"", StringComparison.Ordinal);
        var encoding = Encoding.GetEncoding(actual);
        await using var server = await SourceServer.AnswerAsync(new Answer([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], 200, charset is null ? "text/xml" : $"text/xml; charset={charset}"));
        await using var bed = await SourceTestBed.CreateAsync(server);

        await bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken);

        Assert.Equal("Größe", (await bed.Get<PaperReader>().FindAsync("2508.00001", TestContext.Current.CancellationToken))!.Title);
    }

    [Fact]
    public async Task Bytes_that_are_not_what_they_claim_are_an_error_rather_than_garbled_text()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(Encoding.Latin1.GetBytes(ArxivXml.AtomText(1, ArxivXml.Entry("2508.00001v1", "Größe")))));
        Assert.Contains("not UTF-8", (await FailureAsync(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_cost_no_page()
    {
        await using var server = await SourceServer.AnswerAsync(ArxivXml.Atom(2, ArxivXml.Entry("2508.00001v1").Replace("A Title", "A&#x1;Title", StringComparison.Ordinal), ArxivXml.Entry("2508.00002v1", "B")));
        await using var bed = await SourceTestBed.CreateAsync(server);
        Assert.Equal(2, (await bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken)).Added);
    }

    [Fact]
    public async Task Two_interfaces_at_once_share_the_three_seconds()
    {
        await using var server = await SourceServer.StartAsync((context, _) =>
            (context.Request.Path.StartsWithSegments("/oai", StringComparison.Ordinal) ? ArxivXml.OaiError("noRecordsMatch") : ArxivXml.Atom(0)).WriteAsync(context));
        await using var bed = await SourceTestBed.CreateAsync(server);
        var day = new DateOnly(2025, 8, 1);

        await Task.WhenAll(
            bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken),
            bed.Get<ArxivOaiHarvest>().RunAsync(new ArxivOaiSelection { From = day, Until = day }, null, TestContext.Current.CancellationToken));

        Assert.Equal(2, server.Requests.Count);
        Assert.InRange(Assert.Single(bed.Time.Waits), TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("Sources:Arxiv:AtomUrl", "ftp://x/y", "AtomUrl")]
    [InlineData("Sources:Arxiv:Schedule", "@daily", "Categories")]
    [InlineData("Sources:Contact", "a\nb", "Contact")]
    [InlineData("Sources:RequestTimeout", "soon", "RequestTimeout")]
    public async Task A_setting_that_cannot_be_used_is_named_at_the_start(string key, string value, string named)
    {
        var error = await Assert.ThrowsAsync<SourceException>(() => SourceTestBed.CreateAsync(null, settings: new Dictionary<string, string?> { [key] = value }));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static async Task<SourceException> FailureAsync(SourceServer server, params (string Key, string Value)[] settings)
    {
        await using var bed = await SourceTestBed.CreateAsync(server, settings: settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        var before = await bed.DumpAsync();
        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<ArxivQueryImport>().RunAsync(_query, null, TestContext.Current.CancellationToken));
        Assert.Equal(before, await bed.DumpAsync());
        Assert.StartsWith("arXiv: ", error.Message, StringComparison.Ordinal);
        return error;
    }
}
