using System.Globalization;
using AngleSharp.Html.Dom;
using DailyPapers.Community.Accounts;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Search.Semantic;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Curation;

/// <summary>What the desk says beforehand where editions appear by themselves.</summary>
public sealed class AutomaticDeskTests : IAsyncLifetime
{
    private readonly string _tomorrow = "/desk/" + DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private RunningService _service = null!;
    private IReadOnlyList<Paper> _papers = null!;
    private Reader _curator = null!;

    public async ValueTask InitializeAsync()
    {
        // More papers than there are would be needed, so today's does not appear while this is tested.
        _service = await RunningService.StartAsync(
            settings: [new("Editions:Automatic", "true"), new("Editions:AutomaticSize", "80"), new("Editions:AutomaticLeast", "80"), new("Editions:PublishAt", "06:15")]);
        _papers = await _service.AddPapersAsync("Sparse attention for long documents", "Sparse attention for very long documents", "Grasping cups with soft robot hands");
        _curator = ServiceFixture.NewReader(_service);
        await _curator.SignInAsAsync(_service, AccountRole.Curator);
    }

    public async ValueTask DisposeAsync()
    {
        _curator.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task It_says_what_appears_when_nobody_goes_on()
    {
        Assert.Equal("Not arranged yet. If it stays so, the best candidates, up to 80, are published at 06:15.", State(await _curator.PageAsync(_tomorrow)));
        Assert.Equal(
            "Not scheduled. If it stays so, this paper and behind it the best candidates, up to 80 in all, are published at 06:15.", State(await PressAsync("pick", 0)));
        Assert.Equal(
            "Not scheduled. If it stays so, these 2 papers and behind them the best candidates, up to 80 in all, are published at 06:15.", State(await PressAsync("pick", 1)));

        var page = await PressAsync("drop", 0);
        Assert.Contains("Taken out of this edition", page.QuerySelector($"#c-{_papers[0].Id}")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Taken out of this edition", page.QuerySelector($"#c-{_papers[2].Id}")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Appears by itself", State(await PressAsync("schedule", null)), StringComparison.Ordinal);
        Assert.Equal("Not arranged yet.", State(await _curator.PageAsync("/desk/" + DateTime.UtcNow.AddDays(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task Similar_papers_say_when_readers_had_them()
    {
        await _service.Get<SemanticIndex>().AdvanceAsync(null, TestContext.Current.CancellationToken);
        await _service.Get<EditionWriter>().ReplaceAsync(new DateOnly(2025, 3, 4), [_papers[0].Id], TestContext.Current.CancellationToken);

        var page = await _curator.PageAsync(_tomorrow);

        var first = page.QuerySelector($"#c-{_papers[1].Id} .alike li")!;
        Assert.Equal($"/papers/{_papers[0].Key}", first.QuerySelector("a.name")!.GetAttribute("href"));
        Assert.Matches("^[0-9]{2} % alike$", first.QuerySelector(".likeness")!.TextContent);
        var met = first.QuerySelector("a.met")!;
        Assert.Equal(("in the edition of 4 Mar 2025", "/papers/date/2025-03-04"), (met.TextContent, met.GetAttribute("href")));
        Assert.DoesNotContain(page.QuerySelectorAll($"#c-{_papers[2].Id} .alike .name"), name => name.GetAttribute("href") == $"/papers/{_papers[0].Key}");
    }

    private static string State(IHtmlDocument page) => page.QuerySelector(".draft-state")!.TextContent;

    private async Task<IHtmlDocument> PressAsync(string action, int? paper)
    {
        (string, string)[] fields = paper is { } place ? [("paper", _papers[place].Id.ToString(CultureInfo.InvariantCulture))] : [];
        (await _curator.SubmitAsync(_tomorrow, $"{_tomorrow}/{action}", fields)).Dispose();
        return await _curator.PageAsync(_tomorrow);
    }
}
