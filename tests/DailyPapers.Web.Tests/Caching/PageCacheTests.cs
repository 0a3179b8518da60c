using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Caching;

public sealed class PageCacheTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task An_anonymous_page_is_rendered_once()
    {
        var path = await NewPaperAsync(fixture.Service.Get<PaperIntake>(), "Cached");
        await fixture.Service.Get<ContentChanges>().NoticeAsync(TestContext.Current.CancellationToken);

        // Other tests write meanwhile, and every write starts the pages anew.
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var first = await _reader.GetAsync(path);
            using var second = await _reader.GetAsync(path);
            if (second.Headers.Age is not null)
                return;
        }
        Assert.Fail("No answer ever came from the cache.");
    }

    [Fact]
    public async Task A_write_by_another_process_shows_within_a_second()
    {
        // Another process: services of its own over the same data directory, so nothing but the database connects the two.
        await using var other = await TemporaryPapers.CreateAsync(root: fixture.Service.Directory.Root);
        var title = $"Before {Guid.NewGuid()}";
        var path = await NewPaperAsync(other.Get<PaperIntake>(), title);
        var day = new DateOnly(2023, 5, 6);
        var paper = await other.Get<PaperReader>().FindAsync(path["/papers/".Length..], TestContext.Current.CancellationToken);
        await EventuallyAsync(path, title);

        await other.Get<EditionWriter>().ReplaceAsync(day, [paper!.Id], TestContext.Current.CancellationToken);

        await EventuallyAsync("/papers/date/2023-05-06", title);
        await EventuallyAsync(path, "Edition of 6 May 2023");
    }

    [Fact]
    public async Task What_a_signed_in_person_sees_is_nobody_elses()
    {
        const string path = $"/papers/{SampleContent.PaperWithReproduction}";
        using var member = fixture.NewReader();
        await member.RegisterAsync("Only Mine");

        for (var round = 0; round < 3; round++)
        {
            var anonymous = await _reader.PageAsync(path);
            Assert.DoesNotContain("Only Mine", anonymous.DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.Null(anonymous.QuerySelector("input[name=__RequestVerificationToken]"));
            var own = await member.PageAsync(path);
            Assert.Equal("Only Mine", own.QuerySelector(".who")!.TextContent);
            Assert.NotNull(own.QuerySelector(".vote-form"));
        }
    }

    [Fact]
    public async Task A_query_cannot_poison_the_page_of_others()
    {
        var marked = await _reader.PageAsync("/about?return=https://evil.example&q=<script>");
        var plain = await _reader.PageAsync("/about");

        Assert.DoesNotContain("evil", marked.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(plain.DocumentElement.OuterHtml, marked.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task Headers_of_one_visitor_do_not_end_up_in_the_page_of_another()
    {
        foreach (var header in (string[])["Host", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"])
        {
            using var poisoned = await _reader.SendAsync(HttpMethod.Get, "/papers/trending", headers: (header, "evil.example"));
            var page = await _reader.PageAsync("/papers/trending");
            Assert.DoesNotContain("evil.example", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_not_found_page_is_not_remembered()
    {
        var id = $"2401.{Random.Shared.Next(10_000, 99_999)}";
        await _reader.PageAsync("/papers/" + id, System.Net.HttpStatusCode.NotFound);
        await fixture.Service.Get<PaperIntake>().StoreAsync(
            [new PaperRecord { Source = "arxiv", Arxiv = ArxivId.Parse(id), Title = $"Now here {id}" }], cancellationToken: TestContext.Current.CancellationToken);

        await _reader.PageAsync("/papers/" + id);
    }

    private static async Task<string> NewPaperAsync(PaperIntake intake, string title)
    {
        var stored = await intake.StoreAsync(
            [new PaperRecord { Source = "jsonl", Title = $"{title} {Guid.NewGuid()}", Published = new DateOnly(2024, 1, 1) }],
            cancellationToken: TestContext.Current.CancellationToken);
        return $"/papers/{stored.Papers[0].Key}";
    }

    private async Task EventuallyAsync(string path, string text)
    {
        // The promise is one second; a busy machine gets ten before the test calls it broken.
        var deadline = System.Diagnostics.Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(10))
        {
            using var response = await _reader.GetAsync(path);
            if ((await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains(text, StringComparison.Ordinal))
                return;
            await Task.Yield();
        }
        Assert.Fail($"{path} never showed '{text}'.");
    }
}
