using System.Net;
using System.Text.Json;
using DailyPapers.Papers;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Community;

public sealed class UpvoteTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_form_gives_and_takes_back_one_upvote()
    {
        var paper = await NewPaperAsync();
        await _reader.RegisterAsync();

        var before = await _reader.PageAsync(paper);
        Assert.Equal("0", before.QuerySelector(".vote .count")!.TextContent);
        Assert.Equal("false", before.QuerySelector(".vote")!.GetAttribute("aria-pressed"));

        foreach (var (wanted, count, pressed) in ((string, string, string)[])[("true", "1", "true"), ("true", "1", "true"), ("false", "0", "false"), ("false", "0", "false")])
        {
            using var response = await _reader.SubmitAsync(paper, paper + "/upvote", ("wanted", wanted));
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            Assert.Equal(paper, response.Headers.Location?.ToString());
            var page = await _reader.PageAsync(paper);
            Assert.Equal(count, page.QuerySelector(".vote .count")!.TextContent);
            Assert.Equal(pressed, page.QuerySelector(".vote")!.GetAttribute("aria-pressed"));
            Assert.Equal(pressed == "true" ? "false" : "true", page.QuerySelector(".vote-form input[name=wanted]")!.GetAttribute("value"));
        }
    }

    [Fact]
    public async Task A_script_gets_the_count_as_json()
    {
        var paper = await NewPaperAsync();
        await _reader.RegisterAsync();
        var token = Reader.Token(await _reader.PageAsync("/about"));

        foreach (var (wanted, count) in ((string, int)[])[("true", 1), ("true", 1), ("false", 0)])
        {
            using var response = await _reader.SendAsync(
                HttpMethod.Post, paper + "/upvote", Reader.Form(("__RequestVerificationToken", token), ("wanted", wanted)), ("Accept", "application/json"));
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(count, answer.RootElement.GetProperty("upvotes").GetInt32());
            Assert.Equal(wanted == "true", answer.RootElement.GetProperty("given").GetBoolean());
        }
    }

    [Fact]
    public async Task A_form_returns_to_the_list_it_was_on()
    {
        await _reader.RegisterAsync();
        var token = Reader.Token(await _reader.PageAsync("/about"));
        var referers = new (string Referer, string Expected)[]
        {
            (new Uri(fixture.Service.Address, "/papers/trending").ToString(), "/papers/trending"),
            ("https://evil.example/papers/trending", $"/papers/{SampleContent.OldStylePaper}"),
            ("http://127.0.0.1:1/x", $"/papers/{SampleContent.OldStylePaper}"),
        };

        foreach (var (referer, expected) in referers)
        {
            using var response = await _reader.SendAsync(
                HttpMethod.Post,
                $"/papers/{SampleContent.OldStylePaper}/upvote",
                Reader.Form(("__RequestVerificationToken", token), ("wanted", "false")),
                ("Referer", referer));
            Assert.Equal(expected, response.Headers.Location?.ToString());
        }
    }

    [Fact]
    public async Task An_anonymous_visitor_is_sent_to_sign_in_and_counts_nothing()
    {
        var paper = await NewPaperAsync();

        using var form = await _reader.PostAsync(paper + "/upvote", ("wanted", "true"));
        using var script = await _reader.SendAsync(HttpMethod.Post, paper + "/upvote", Reader.Form(("wanted", "true")), ("Accept", "application/json"));

        Assert.Equal(HttpStatusCode.Redirect, form.StatusCode);
        Assert.StartsWith("/account/sign-in?return=", form.Headers.Location!.IsAbsoluteUri ? form.Headers.Location.PathAndQuery : form.Headers.Location.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, script.StatusCode);
        Assert.Equal("0", (await _reader.PageAsync(paper)).QuerySelector(".vote .count")!.TextContent);
    }

    [Fact]
    public async Task An_anonymous_vote_leads_back_to_a_page_that_exists()
    {
        var paper = await NewPaperAsync();
        using var form = await _reader.SendAsync(
            HttpMethod.Post, paper + "/upvote", Reader.Form(("wanted", "true")), ("Referer", new Uri(fixture.Service.Address, paper).ToString()));
        var signIn = form.Headers.Location!;

        var page = await _reader.PageAsync(signIn.IsAbsoluteUri ? signIn.PathAndQuery : signIn.ToString());

        Assert.Equal(paper, page.QuerySelector("input[name=return]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("maybe")]
    [InlineData("")]
    [InlineData("1")]
    public async Task A_vote_that_says_neither_is_refused(string wanted)
    {
        await _reader.RegisterAsync();

        using var response = await _reader.SubmitAsync("/about", $"/papers/{SampleContent.OldStylePaper}/upvote", ("wanted", wanted));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("wanted", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_that_does_not_exist_cannot_be_upvoted()
    {
        await _reader.RegisterAsync();

        using var response = await _reader.SubmitAsync("/about", "/papers/2508.99999/upvote", ("wanted", "true"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Votes_at_the_same_time_all_count_once()
    {
        var paper = await NewPaperAsync();
        var readers = Enumerable.Range(0, 6).Select(_ => fixture.NewReader()).ToList();
        foreach (var reader in readers)
            await reader.RegisterAsync();
        var tokens = new List<string>();
        foreach (var reader in readers)
            tokens.Add(Reader.Token(await reader.PageAsync("/about")));

        // Each person clicks three times at once.
        var votes = readers.SelectMany((reader, i) => Enumerable.Range(0, 3).Select(_ =>
            reader.PostAsync(paper + "/upvote", ("__RequestVerificationToken", tokens[i]), ("wanted", "true")))).ToList();
        foreach (var response in await Task.WhenAll(votes))
        {
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            response.Dispose();
        }

        Assert.Equal("6", (await _reader.PageAsync(paper)).QuerySelector(".vote .count")!.TextContent);
        readers.ForEach(reader => reader.Dispose());
    }

    private async Task<string> NewPaperAsync()
    {
        var stored = await fixture.Service.Get<PaperIntake>().StoreAsync(
            [new PaperRecord { Source = "jsonl", Title = $"A paper to vote on {Guid.NewGuid()}", Published = new DateOnly(2024, 1, 1) }],
            cancellationToken: TestContext.Current.CancellationToken);
        return $"/papers/{stored.Papers[0].Key}";
    }
}
