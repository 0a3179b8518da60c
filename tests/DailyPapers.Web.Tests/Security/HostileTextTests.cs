using AngleSharp.Dom;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Tex;
using DailyPapers.Web.Tests.Community;

namespace DailyPapers.Web.Tests.Security;

/// <summary>Papers come from the network: whatever stands in a record must stay text on every page that shows it.</summary>
public sealed class HostileTextTests(ServiceFixture fixture) : IDisposable
{
    private const string Payload = "</title></textarea></style>--><script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)><b onmouseover='x'>";
    private const string SafeElements =
        "html,head,meta[name],meta[charset],link[href^='/assets/'],link[rel=prev],link[rel=next],link[rel=alternate][href^='/search/feed.atom?'],link[rel=alternate][href$='/comments.atom'],title,script[src^='/assets/'],body,a,header,div,svg,path,circle,span,form[action^='/'],label,input,button,nav,main,article,p,h1,h2,section,ul,ol,li,aside,details,select,option,mark,br,summary,pre,code,time,footer,table,caption,thead,tbody,tr,th,td,abbr,fieldset,legend";

    private static readonly DateOnly Day = new(2024, 1, 10);
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    public static TheoryData<string> Payloads => new(
        Payload,
        "<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)' autofocus='",
        "<a href=\"javascript:alert(1)\">click</a>",
        "javascript:alert(1)",
        "<!--<script>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "&lt;script&gt; stays as written &amp;amp; &#60;",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><script>alert(1)</script></mtext></math>",
        "<base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
        "@Model {{constructor.constructor('alert(1)')()}} ${alert(1)}",
        "‮gnihtyreve desrever‬ ​zero​width");

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Text_of_a_record_stays_text(string payload)
    {
        var paper = await StoreAsync(payload);

        foreach (var path in (string[])[$"/papers/{paper.Key}", $"/papers/date/{Day:yyyy-MM-dd}", $"/papers/month/{Day:yyyy-MM}"])
        {
            var page = await _reader.PageAsync(path);
            AssertHarmless(page, path);
            Assert.Contains(payload, page.Body!.TextContent, StringComparison.Ordinal);
        }
        var own = await _reader.PageAsync($"/papers/{paper.Key}");
        var title = TexText.ParseTitle(paper.Title).ToPlainText();
        Assert.StartsWith(title, own.Title, StringComparison.Ordinal);
        Assert.Equal(title, own.QuerySelector("meta[name=citation_title]")!.GetAttribute("content"));
        Assert.Equal(paper.Authors[0].Name, own.QuerySelector(".paper-head .authors a")!.TextContent);
        Assert.Contains(paper.Keywords[0], own.QuerySelectorAll(".chips a").Select(chip => chip.TextContent));
        Assert.Contains(paper.Venue!, own.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(paper.Comment!, own.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task A_comment_stays_harmless(string payload)
    {
        await _reader.RegisterAsync("<b>me</b>\"'");
        var paper = "/papers/" + (await fixture.Service.Get<PaperIntake>().StoreAsync([Record($"To comment on {Guid.NewGuid()}")], cancellationToken: TestContext.Current.CancellationToken)).Papers[0].Key;
        var id = await _reader.CommentAsync(paper, payload);
        using var edited = await _reader.SubmitAsync($"/comments/{id}/edit", $"/comments/{id}/edit", ("text", payload + " edited"));
        using var preview = await _reader.SubmitAsync(paper, paper + "/comments", ("text", payload), ("preview", "true"));
        using var anonymous = fixture.NewReader();

        AssertHarmless(await anonymous.PageAsync(paper), paper);
        AssertHarmless(await _reader.PageAsync(paper), paper);
        AssertHarmless(await Reader.PageOfAsync(preview), "preview");
        foreach (var path in (string[])["edit", "history", "delete"])
            AssertHarmless(await _reader.PageAsync($"/comments/{id}/{path}"), path);
        Assert.Equal("<b>me</b>\"'", (await anonymous.PageAsync(paper)).QuerySelector($"#comment-{id} .person")!.TextContent);
    }

    [Theory]
    [InlineData("https://example.org/\" onmouseover=\"alert(1)")]
    [InlineData("https://example.org/'onfocus='alert(1)")]
    [InlineData("https://example.org/<script>alert(1)</script>")]
    [InlineData("https://javascript:alert(1)@example.org/")]
    public async Task A_url_stays_one_attribute(string url)
    {
        Assert.Null(PaperRecordRules.FirstProblem(Record("a harmless title") with { CodeUrl = url, ProjectUrl = url, PdfUrl = url }));
        var stored = await fixture.Service.Get<PaperIntake>().StoreAsync(
            [Record("Links of " + Guid.NewGuid()) with { CodeUrl = url, ProjectUrl = url, PdfUrl = url }], cancellationToken: TestContext.Current.CancellationToken);

        var page = await _reader.PageAsync($"/papers/{stored.Papers[0].Key}");

        AssertHarmless(page, url);
        Assert.Equal([url, url, url], page.QuerySelectorAll(".links li a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//example.org/x")]
    [InlineData("/relative")]
    [InlineData("example.org")]
    public async Task A_url_that_is_not_of_the_web_is_refused_at_intake(string url)
    {
        foreach (var record in (PaperRecord[])[Record("x") with { CodeUrl = url }, Record("x") with { ProjectUrl = url }, Record("x") with { PdfUrl = url }])
        {
            var refusal = await Assert.ThrowsAsync<ArgumentException>(() =>
                fixture.Service.Get<PaperIntake>().StoreAsync([record], cancellationToken: TestContext.Current.CancellationToken));
            Assert.Contains("not an absolute http or https URL", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("}}\n@comment{x} \\input{/etc/passwd}")]
    [InlineData("ends with a backslash \\")]
    [InlineData("in mathematics $\\input{/etc/passwd} \\{0, 1\\} ^^5cinput$")]
    [InlineData("Schr\\\"odinger \\& \\emph{friends} \\write18{rm}")]
    [InlineData("{ { open } and }} closed")]
    [InlineData("100 % of $ & # _ ^ ~ signs")]
    [InlineData("line\r\nbreak = {x},\n  url = {http://evil.example}")]
    public async Task A_citation_file_holds_one_entry_whatever_the_text(string text)
    {
        var paper = await StoreAsync(text);

        using var response = await _reader.GetAsync($"/papers/{paper.Key}/bibtex");
        var entry = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("application/x-bibtex; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(1, entry.Split('\n').Count(line => line.StartsWith('@')));
        Assert.DoesNotContain("\\input", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("\\write", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("^^", entry, StringComparison.Ordinal);
        var depth = 0;
        for (var i = 0; i < entry.Length; i++)
        {
            depth += entry[i] switch { '{' => 1, '}' => -1, _ => 0 };
            Assert.True(depth > 0 || i < entry.IndexOf('{', StringComparison.Ordinal) || i >= entry.Length - 2, $"The entry ends early at {i}: {entry}");
        }
        Assert.Equal(0, depth);
        Assert.Equal(
            ["title", "author", "year", "note"],
            entry.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Contains('=', StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0]));
    }

    [Fact]
    public async Task A_name_of_an_account_stays_text()
    {
        await _reader.RegisterAsync("<img src=x onerror=alert(1)>\"'");

        var page = await _reader.PageAsync("/about");

        AssertHarmless(page, "/about");
        Assert.Equal("<img src=x onerror=alert(1)>\"'", page.QuerySelector(".who")!.TextContent);
    }

    [Theory]
    [InlineData("/papers/date/<img src=x onerror=alert(1)>", 400)]
    [InlineData("/papers/week/\"><img src=x onerror=alert(1)>", 400)]
    [InlineData("/search?q=\"><script>alert(1)</script>", 200)]
    [InlineData("/search?q=<img src=x onerror=alert(1)> pruning", 200)]
    [InlineData("/search?q=x&sort=\"><script>alert(1)</script>&from=<b>&page=<i>", 400)]
    [InlineData("/search?q=x&category=\"><script>alert(1)</script>", 200)]
    [InlineData("/subscribe/confirm?token=\"><script>alert(1)</script>", 404)]
    [InlineData("/unsubscribe?token=\"><script>alert(1)</script>", 404)]
    [InlineData("/account/sign-in?return=\"><script>alert(1)</script>", 200)]
    [InlineData("/account/register?return='onfocus=alert(1) autofocus='", 200)]
    public async Task What_a_page_repeats_of_the_address_stays_text(string path, int status)
    {
        var page = await _reader.PageAsync(path, (System.Net.HttpStatusCode)status);

        AssertHarmless(page, path);
    }

    [Fact]
    public async Task What_a_refused_form_repeats_stays_text()
    {
        using var response = await _reader.SubmitAsync(
            "/account/register", "/account/register", ("name", Payload), ("email", Payload), ("password", "x"), ("return", Payload));

        var page = await Reader.PageOfAsync(response, System.Net.HttpStatusCode.BadRequest);

        AssertHarmless(page, "/account/register");
        Assert.Equal(Payload, page.QuerySelector("#name")!.GetAttribute("value"));
        Assert.DoesNotContain(page.QuerySelectorAll("input"), input => input.GetAttribute("value") == "x");
    }

    private static void AssertHarmless(IDocument page, string where)
    {
        Assert.All(page.All, element =>
        {
            Assert.True(element.Matches(SafeElements + ",textarea,blockquote,del,meta[name=robots],q,dl,dt,dd,bdi,figure,figcaption,img[src^='/lab/'],em,strong,math,math *"), $"{where} holds {element.OuterHtml}");
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc");
            foreach (var name in (string[])["href", "src", "action", "formaction"])
                Assert.DoesNotMatch("^\\s*(javascript|data|vbscript):", element.GetAttribute(name) ?? "");
        });
    }

    private async Task<Paper> StoreAsync(string payload)
    {
        var marker = Guid.NewGuid().ToString("N");
        var stored = await fixture.Service.Get<PaperIntake>().StoreAsync(
            [Record($"{payload} {marker}") with
            {
                Abstract = $"{payload} abstract",
                Summary = $"{payload} summary",
                Authors = [new() { Name = $"{payload} author", Affiliation = payload }],
                Keywords = [$"{payload} keyword"],
                Categories = [$"{payload} category"],
                Venue = $"{payload} venue",
                Comment = $"{payload} comment",
                Topic = "<i>topic</i>",
                Licence = payload,
                IsWithdrawn = true,
            }],
            async (db, papers, token) => await fixture.Service.Get<EditionWriter>().AppendAsync(db, Day, papers.Select(p => p.Id), token),
            TestContext.Current.CancellationToken);
        await fixture.Service.Get<Storage.ContentChanges>().NoticeAsync(TestContext.Current.CancellationToken);
        return stored.Papers[0];
    }

    private static PaperRecord Record(string title) => new() { Source = "jsonl", Title = title, Published = new DateOnly(2024, 2, 28) };
}
