using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Library;

public sealed class CollectionPageTests(ServiceFixture fixture) : IDisposable
{
    private const string Hostile = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    private const string First = "/papers/" + SampleContent.PaperWithReproduction;
    private const string Second = "/papers/" + SampleContent.PaperWithoutReproduction;

    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task Papers_are_collected_from_their_pages_ordered_noted_exported_and_removed()
    {
        await _reader.RegisterAsync();
        var path = await CollectAsync("Shelf of mine");
        var page = await _reader.PageAsync(path);
        Assert.Equal("Shelf of mine", page.QuerySelector("h1")!.TextContent);
        Assert.Equal([First, Second], Papers(page));
        Assert.Contains("Shelf of mine", (await _reader.PageAsync(First)).QuerySelector(".own")!.TextContent, StringComparison.Ordinal);

        await SubmitAsync(path, ".collected li:first-child form[action$='/move']", ("to", "down"));
        await SubmitAsync(path, ".collected li:first-child form[action$='/note']", ("note", "A note\nof two lines"));
        page = await _reader.PageAsync(path);
        Assert.Equal([Second, First], Papers(page));
        Assert.Equal("A note\nof two lines", page.QuerySelector(".entry-note")!.TextContent);

        await SubmitAsync(path, "#arrange", ("paper", PaperId(page, 1)), ("paper", PaperId(page, 0)));
        page = await _reader.PageAsync(path);
        Assert.Equal([First, Second], Papers(page));

        using (var json = await _reader.GetAsync(page.QuerySelector("a[href$='.json']")!.GetAttribute("href")!))
        using (var document = JsonDocument.Parse(await json.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)))
            Assert.Equal(2, document.RootElement.GetProperty("papers").GetArrayLength());

        await SubmitAsync(path, ".collected li:first-child form[action$='/remove']");
        Assert.Equal([Second], Papers(await _reader.PageAsync(path)));
        using (var deleted = await _reader.SubmitAsync(path, page.QuerySelector("form[action$='/delete']")!.GetAttribute("action")!))
            Assert.Equal("/collections", deleted.Headers.Location!.ToString());
        using var gone = await _reader.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_private_collection_is_nobody_else_s_until_it_is_public_and_then_a_feed()
    {
        await _reader.RegisterAsync();
        var path = await CollectAsync("Between us");
        using var anonymous = fixture.NewReader();
        using var other = fixture.NewReader();
        await other.RegisterAsync("Bo Other");
        var own = path[..path.LastIndexOf('/')];
        foreach (var hidden in (string[])[path, own, own + "/feed.atom", own + "/export.json", own + "/export.bib", own + "/export.md"])
        {
            using var refused = await anonymous.GetAsync(hidden);
            using var refusedToo = await other.GetAsync(hidden);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (refused.StatusCode, refusedToo.StatusCode));
        }
        foreach (var write in (string[])["/edit", "/delete", "/order"])
        {
            using var refused = await other.SubmitAsync("/collections", own + write, ("name", "x"), ("paper", "1"));
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        await SubmitAsync(path, "form[action$='/edit']", ("name", "Between all"), ("description", "Open"), ("public", "on"));
        var shown = await anonymous.PageAsync(own + "/between-all");
        Assert.Equal(2, Papers(shown).Count);
        Assert.Empty(shown.QuerySelectorAll("main form"));
        using (var moved = await anonymous.GetAsync(path))
            Assert.Equal(own + "/between-all", moved.Headers.Location!.ToString());
        Assert.Contains("Between all", (await anonymous.PageAsync("/collections")).Body!.TextContent, StringComparison.Ordinal);
        using var feed = await anonymous.GetAsync(own + "/feed.atom");
        var atom = XDocument.Parse(await feed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
        Assert.Equal(2, atom.Elements(atom.Name.Namespace + "entry").Count());
        using var again = await anonymous.SendAsync(HttpMethod.Get, own + "/feed.atom", null, ("If-None-Match", feed.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        await SubmitAsync(own + "/between-all", "form[action$='/edit']", ("name", "Between us"));
        using var hiddenAgain = await anonymous.GetAsync(own + "/between-all");
        Assert.Equal(HttpStatusCode.NotFound, hiddenAgain.StatusCode);
        Assert.DoesNotContain("Between us", (await anonymous.PageAsync("/collections")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "name has 0 characters")]
    [InlineData("long", "name has 101 characters")]
    public async Task A_name_that_does_not_do_is_refused_with_the_reason(string name, string reason)
    {
        await _reader.RegisterAsync();
        using var refused = await _reader.SubmitAsync("/collections", "/collections", ("name", name == "long" ? new string('x', 101) : name));
        var page = await Reader.PageOfAsync(refused, HttpStatusCode.BadRequest);
        Assert.Contains(reason, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_write_stays_text()
    {
        await _reader.RegisterAsync(Hostile[..60]);
        using (var made = await _reader.SubmitAsync("/collections", "/collections", ("name", Hostile), ("description", Hostile), ("public", "on")))
            Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var path = (await _reader.PageAsync("/collections")).QuerySelector(".collections .name")!.GetAttribute("href")!;
        await AddAsync(First, path);
        await SubmitAsync(path, ".collected form[action$='/note']", ("note", Hostile));
        using var anonymous = fixture.NewReader();
        foreach (var (reader, where) in (IEnumerable<(Reader, string)>)[(_reader, path), (anonymous, path), (_reader, "/collections"), (anonymous, "/collections"), (_reader, First)])
        {
            var page = await reader.PageAsync(where);
            Assert.DoesNotContain(page.All, element => element.LocalName is "script" && element.GetAttribute("src") is null or "img" && element.GetAttribute("src") == "x");
            Assert.DoesNotContain(page.All, element => element.HasAttribute("onerror"));
            Assert.Contains(Hostile, page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    private async Task<string> CollectAsync(string name)
    {
        using (var made = await _reader.SubmitAsync(First, "/collections/collect", ("paper", await PaperIdAsync(First)), ("name", name)))
            Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var path = (await _reader.PageAsync(First)).QuerySelector(".own p a")!.GetAttribute("href")!;
        await AddAsync(Second, path);
        return path;
    }

    private async Task AddAsync(string paper, string collection)
    {
        using var added = await _reader.SubmitAsync(paper, "/collections/collect", ("paper", await PaperIdAsync(paper)), ("collection", collection.Split('/')[2]));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
    }

    private async Task<string> PaperIdAsync(string paper) =>
        (await _reader.PageAsync(paper)).QuerySelector("input[name=paper]")!.GetAttribute("value")!;

    private async Task SubmitAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await _reader.PageAsync(path);
        using var response = await _reader.PostAsync(
            page.QuerySelector(form)!.GetAttribute("action")!, [("__RequestVerificationToken", Reader.Token(page)), .. fields]);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    private static List<string> Papers(IHtmlDocument page) => page.QuerySelectorAll(".collected .title a").Select(link => link.GetAttribute("href")!).ToList();

    private static string PaperId(IHtmlDocument page, int index) => page.QuerySelectorAll(".collected > li")[index].GetAttribute("data-paper")!;
}
