using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Curation;

/// <summary>On a service of its own: what is arranged here would change what other tests see.</summary>
public sealed class DeskTests : IAsyncLifetime
{
    private readonly string _tomorrow = "/desk/" + DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private RunningService _service = null!;
    private IReadOnlyList<Paper> _papers = null!;
    private Reader _curator = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync();
        _papers = await _service.AddPapersAsync("Alpha <b>paper</b>", "Beta paper", "Gamma paper");
        _curator = ServiceFixture.NewReader(_service);
        await _curator.SignInAsAsync(_service, AccountRole.Curator);
    }

    public async ValueTask DisposeAsync()
    {
        _curator.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task An_edition_is_arranged_scheduled_published_and_edited_with_forms_alone()
    {
        var page = await _curator.PageAsync(_tomorrow);
        Assert.Equal(3, page.QuerySelectorAll(".candidate").Length);
        Assert.Equal("Alpha <b>paper</b>", page.QuerySelector($"#c-{_papers[0].Id} .title")!.TextContent);

        await PressAsync($"#c-{_papers[0].Id} form[action$='/pick']");
        await PressAsync($"#c-{_papers[1].Id} form[action$='/pick']");
        await PressAsync($"#c-{_papers[2].Id} form[action$='/skip']");
        await PressAsync($"li[data-paper='{_papers[1].Id}'] form[action$='/up']");
        page = await PressAsync($"li[data-paper='{_papers[1].Id}'] form[action$='/note']", ("note", "lead?"));
        Assert.Equal(["Beta paper", "Alpha <b>paper</b>"], page.QuerySelectorAll(".picked .name").Select(e => e.TextContent));
        Assert.Equal("lead?", page.QuerySelector($"li[data-paper='{_papers[1].Id}'] input[name=note]")!.GetAttribute("value"));
        Assert.Empty(page.QuerySelectorAll(".candidate"));
        Assert.Single((await _curator.PageAsync(_tomorrow + "?show=skipped")).QuerySelectorAll(".candidate"));

        page = await PressAsync("form[action$='/schedule']");
        Assert.Contains("Appears by itself", page.QuerySelector(".draft-state")!.TextContent, StringComparison.Ordinal);
        page = await PressAsync("form[action$='/unschedule']");
        Assert.Contains("Not scheduled", page.QuerySelector(".draft-state")!.TextContent, StringComparison.Ordinal);

        page = await PressAsync("form[action$='/publish']");
        Assert.Equal("Published.", page.QuerySelector(".draft-state")!.TextContent);
        var edition = page.QuerySelector<IHtmlAnchorElement>(".publish a")!.GetAttribute("href")!;
        using var anonymous = ServiceFixture.NewReader(_service);
        var line = Assert.Single((await anonymous.PageAsync("/moderation/log")).QuerySelectorAll(".log li"));
        Assert.Contains("published", line.TextContent, StringComparison.Ordinal);
        Assert.NotNull(line.QuerySelector($"a[href='{edition}']"));
        Assert.Equal(["Beta paper", "Alpha <b>paper</b>"], (await anonymous.PageAsync(edition)).QuerySelectorAll(".card .title").Select(e => e.TextContent));

        page = await PressAsync($"li[data-paper='{_papers[1].Id}'] form[action$='/drop']");
        Assert.Contains("do not see your changes yet", page.QuerySelector(".draft-state")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await anonymous.PageAsync(edition)).QuerySelectorAll(".card").Length);
        await PressAsync("form[action$='/publish']");
        Assert.Single((await anonymous.PageAsync(edition)).QuerySelectorAll(".card"));
    }

    [Fact]
    public async Task The_next_day_to_arrange_is_where_the_desk_begins()
    {
        using var answer = await _curator.GetAsync("/desk");
        Assert.Equal("/desk/" + DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task After_an_action_the_page_with_its_filters_is_shown_at_the_next_candidate()
    {
        var page = await _curator.PageAsync(_tomorrow + "?category=cs.LG&text=paper");
        var cards = page.QuerySelectorAll(".candidate");
        var form = cards[0].QuerySelector<IHtmlFormElement>("form[action$='/skip']")!;
        using var answer = await SendAsync(form, _tomorrow + "?category=cs.LG&text=paper");
        Assert.Equal($"{_tomorrow}?category=cs.LG&text=paper#{cards[1].Id}", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_order_of_the_picked_papers_is_what_dragging_sends()
    {
        foreach (var paper in _papers)
            await PressAsync($"#c-{paper.Id} form[action$='/pick']");
        var page = await PressAsync("form[data-desk-order]", ("papers", $"{_papers[2].Id},x,{_papers[0].Id},-1,99999999999999999999"));
        Assert.Equal([_papers[2].Id, _papers[0].Id, _papers[1].Id], page.QuerySelectorAll(".picked li").Select(e => long.Parse(e.GetAttribute("data-paper")!, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_with_the_reason()
    {
        using (var empty = await _curator.SubmitAsync(_tomorrow, _tomorrow + "/publish"))
            Assert.Contains("pick one first", (await Reader.PageOfAsync(empty, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using (var unknown = await _curator.SubmitAsync(_tomorrow, _tomorrow + "/pick", ("paper", "4711")))
            await Reader.PageOfAsync(unknown, HttpStatusCode.NotFound);
        foreach (var date in (string[])["2025-13-40", "soon", "2099-01-01"])
            await _curator.PageAsync("/desk/" + date, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Readers_have_no_desk()
    {
        using var reader = ServiceFixture.NewReader(_service);
        using (var anonymous = await reader.GetAsync(_tomorrow))
            Assert.StartsWith("/account/sign-in", anonymous.Headers.Location!.ToString(), StringComparison.Ordinal);
        await reader.RegisterAsync();
        Assert.Null((await reader.PageAsync("/about")).QuerySelector("a[href='/desk']"));
        using (var page = await reader.GetAsync(_tomorrow))
            Assert.NotEqual(HttpStatusCode.OK, page.StatusCode);
        using (var pick = await reader.SubmitAsync("/about", _tomorrow + "/pick", ("paper", _papers[0].Id.ToString(CultureInfo.InvariantCulture))))
            Assert.NotEqual(HttpStatusCode.NotFound, pick.StatusCode);
        Assert.Empty((await _curator.PageAsync(_tomorrow)).QuerySelectorAll(".picked li"));
    }

    private async Task<IHtmlDocument> PressAsync(string form, params (string Name, string Value)[] fields)
    {
        var page = await _curator.PageAsync(_tomorrow);
        var element = page.QuerySelector<IHtmlFormElement>(form) ?? throw new InvalidOperationException($"The desk has no {form}.");
        using var answer = await SendAsync(element, _tomorrow, fields);
        Assert.True(answer.StatusCode is HttpStatusCode.Redirect, $"{form} answered {(int)answer.StatusCode}.");
        return await _curator.PageAsync(answer.Headers.Location!.ToString().Split('#')[0]);
    }

    private Task<HttpResponseMessage> SendAsync(IHtmlFormElement form, string from, params (string Name, string Value)[] fields)
    {
        var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (Name: i.Name!, i.Value)).Where(i => !fields.Any(f => f.Name == i.Name));
        return _curator.SendAsync(HttpMethod.Post, form.GetAttribute("action")!, Reader.Form([.. hidden, .. fields]), ("Referer", new Uri(_service.Address, from).ToString()));
    }
}
