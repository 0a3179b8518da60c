using System.Net;
using System.Text.Json;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Library;

public sealed class ReadingPageTests(ServiceFixture fixture) : IDisposable
{
    private const string Day = "/papers/date/" + SampleContent.DayBefore;

    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_card_saves_for_later_the_list_marks_as_read_and_both_undo()
    {
        await _reader.RegisterAsync();
        var form = (await _reader.PageAsync(Day)).QuerySelector(".card .reading-form")!.GetAttribute("action")!;
        Assert.Equal("later", await PressAsync(Day, form, "later"));
        Assert.Single((await _reader.PageAsync("/reading")).QuerySelectorAll(".card"));

        Assert.Equal("read", await PressAsync("/reading", form, "read"));
        Assert.Empty((await _reader.PageAsync("/reading")).QuerySelectorAll(".card"));
        Assert.Single((await _reader.PageAsync("/reading/read")).QuerySelectorAll(".card"));

        Assert.Null(await PressAsync("/reading/read", form, "none"));
        Assert.Empty((await _reader.PageAsync("/reading/read")).QuerySelectorAll(".card"));
    }

    [Fact]
    public async Task A_search_hit_and_a_paper_s_page_have_the_same_buttons_and_anonymous_pages_none()
    {
        await _reader.RegisterAsync();
        using var anonymous = fixture.NewReader();
        foreach (var path in (string[])["/search?q=filtered", "/papers/" + SampleContent.PaperWithReproduction])
        {
            Assert.NotEmpty((await _reader.PageAsync(path)).QuerySelectorAll(".reading-form button[value=later]"));
            Assert.Empty((await anonymous.PageAsync(path)).QuerySelectorAll(".reading-form"));
        }
        using var hidden = await anonymous.GetAsync("/reading");
        Assert.StartsWith("/account/sign-in", hidden.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_gets_the_state_as_json()
    {
        await _reader.RegisterAsync();
        var page = await _reader.PageAsync(Day);
        var form = page.QuerySelector(".reading-form")!.GetAttribute("action")!;
        using var response = await _reader.SendAsync(
            HttpMethod.Post, form, Reader.Form(("__RequestVerificationToken", Reader.Token(page)), ("state", "read")), ("Accept", "application/json"));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("read", answer.RootElement.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("/reading/1", "state", "maybe", HttpStatusCode.BadRequest)]
    [InlineData("/reading/1", "other", "later", HttpStatusCode.BadRequest)]
    [InlineData("/reading/999999999", "state", "later", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_is_refused(string path, string field, string value, HttpStatusCode expected)
    {
        await _reader.RegisterAsync();
        using var response = await _reader.SubmitAsync("/reading", path, (field, value));
        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    [InlineData("x")]
    public async Task A_page_that_cannot_be_is_refused(string page)
    {
        await _reader.RegisterAsync();
        await _reader.PageAsync("/reading?page=" + page, HttpStatusCode.BadRequest);
    }

    // Presses a button and reads which state the paper's page then shows.
    private async Task<string?> PressAsync(string from, string form, string state)
    {
        using (var response = await _reader.SubmitAsync(from, form, ("state", state)))
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var page = await _reader.PageAsync(Day);
        return page.QuerySelector($".reading-form[action='{form}'] button[aria-pressed=true]")?.GetAttribute("data-state");
    }
}
