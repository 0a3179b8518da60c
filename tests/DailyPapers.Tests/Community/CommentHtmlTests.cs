using System.Diagnostics;
using AngleSharp.Html.Parser;
using CsCheck;
using DailyPapers.Community.Comments.Rendering;

namespace DailyPapers.Tests.Community;

public sealed class CommentHtmlTests : IDisposable
{
    private const string Elements = "html,head,body,p,br,em,strong,del,code,pre,blockquote,ul,ol,li,a,hr,math,math *";

    private static readonly HashSet<string> Known = ["ada"];
    private readonly CommentHtml _html = new();

    public void Dispose() => _html.Dispose();

    [Theory]
    [InlineData("plain", "<p>plain</p>")]
    [InlineData("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>")]
    [InlineData("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>")]
    [InlineData("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>")]
    [InlineData("3. three", "<ol start=\"3\">\n<li>three</li>\n</ol>")]
    [InlineData("# Loud", "<p><strong>Loud</strong></p>")]
    [InlineData("[here](https://example.org)", "<p><a href=\"https://example.org\" rel=\"nofollow ugc noopener\">here</a></p>")]
    [InlineData("https://example.org/x.", "<p><a href=\"https://example.org/x\" rel=\"nofollow ugc noopener\">https://example.org/x</a>.</p>")]
    [InlineData("![a picture](https://example.org/p.png)", "<p><a href=\"https://example.org/p.png\" rel=\"nofollow ugc noopener\">a picture</a></p>")]
    [InlineData("![](https://example.org/p.png)", "<p><a href=\"https://example.org/p.png\" rel=\"nofollow ugc noopener\">https://example.org/p.png</a></p>")]
    [InlineData("ask @ada, not @nobody or me@ada.org", "<p>ask <a href=\"/people/ada\">@ada</a>, not @nobody or me@ada.org</p>")]
    [InlineData("@Ada: `@ada`", "<p><a href=\"/people/ada\">@Ada</a>: <code>@ada</code></p>")]
    [InlineData("It costs $5, then $7 more", "<p>It costs $5, then $7 more</p>")]
    [InlineData("a &lt;b&gt; &amp; <b>", "<p>a &lt;b&gt; &amp; &lt;b&gt;</p>")]
    public void Markdown_becomes_html(string markdown, string html) => Assert.Equal(html, _html.Render(markdown, Known).Trim());

    [Theory]
    [InlineData("so $x_i^2 < y$ holds", "inline")]
    [InlineData(@"so \(x_i^2 < y\) holds", "inline")]
    [InlineData("so $$x_i^2 < y$$ holds", "block")]
    [InlineData("$$\nx_i^2 < y\n$$", "block")]
    [InlineData(@"\[ x_i^2 < y \]", "block")]
    public void Formulas_become_mathml(string markdown, string display)
    {
        var math = Assert.Single(new HtmlParser().ParseDocument(_html.Render(markdown, Known)).QuerySelectorAll("math"));
        Assert.Equal(display, math.GetAttribute("display"));
        Assert.Contains("x_i^2 < y", math.QuerySelector("annotation")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a*b* $u_1 * v_1 * w$ _c_")]
    [InlineData("[link $a_b$](https://example.org)")]
    [InlineData("$a \\text{<script>alert(1)</script>} b$")]
    [InlineData("`$code$` and $x$")]
    public void A_formula_is_no_markdown_and_markdown_no_formula(string markdown) =>
        Assert.Single(new HtmlParser().ParseDocument(_html.Render(markdown, Known)).QuerySelectorAll("math"));

    public static TheoryData<string> Hostile => new(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "[x](https://example.org/\"onmouseover=\"alert(1))",
        "[x](https://example.org 'title\" onload=alert(1)')",
        "[ref]\n\n[ref]: javascript:alert(1) \"t\"",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "$\\href{javascript:alert(1)}{x}$",
        "$</annotation><script>alert(1)</script>$",
        "```<script>\n</code></pre><script>alert(1)</script>\n```",
        "\uE0000\uE001 \uE000999999\uE001 $x$ \uE000",
        "{.class onclick=alert(1)}",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<div style=\"position:fixed\">\n\n# x\n\n</div>",
        "x\n{: onclick=alert(1)}",
        "@ada\"><script>",
        "‮gnihtyreve desrever");

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_text_stays_harmless(string markdown) => AssertHarmless(_html.Render(markdown, Known));

    [Fact]
    public void No_text_makes_an_element_that_is_not_allowed()
    {
        string[] pieces =
        [
            "<script>", "</script>", "<img src=x onerror=alert(1)>", "[a](javascript:x)", "](", "[", "![", "`", "```\n", "$", "$$", "\\(", "\\)", "> ", "- ", "1. ", "# ", "\n", "\n\n", "    ", "|", "*",
            "_", "~~", "@ada", "<math>", "<style>", "<!--", "-->", "&#x6A;", "\uE000", "0", "\uE001", "\\begin{align}", "\\end{align}", "\\frac{", "}", "\"", "'", "<a href=\"", ">", "\0",
        ];
        var piece = Gen.OneOf(Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]), Gen.String[Gen.Char[' ', '\u02FF'], 0, 8]);
        piece.List[0, 40].Select(string.Concat).Sample(text => AssertHarmless(_html.Render(text, Known)), iter: 2_000);
    }

    [Theory]
    [InlineData(">")]
    [InlineData("+ ")]
    [InlineData("* ")]
    [InlineData("1. ")]
    [InlineData("> - ")]
    [InlineData("-")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("- ")]
    [InlineData("*a ")]
    [InlineData("**a")]
    [InlineData("`")]
    [InlineData("$ ")]
    [InlineData("$x")]
    [InlineData("\\begin{align}")]
    [InlineData("@a ")]
    [InlineData("<a ")]
    [InlineData("[a](")]
    [InlineData("\\frac{")]
    public void No_text_takes_long(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length));
        var clock = Stopwatch.StartNew();
        AssertHarmless(_html.Render(text, Known));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed} for {piece}");
    }

    private static void AssertHarmless(string html)
    {
        foreach (var element in new HtmlParser().ParseDocument(html).All)
        {
            Assert.True(element.Matches(Elements), html);
            Assert.DoesNotContain(element.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name is "style" or "src" or "id" or "title");
            if (element.GetAttribute("href") is { } href)
                Assert.Matches("^(https?://|/people/)", href);
        }
    }
}
