using CsCheck;
using DailyPapers.Tex;

namespace DailyPapers.Tests.Tex;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("Q&amp;A &lt;b&gt;", "Q&A <b>")]
    [InlineData("<p>One &eacute;.</p>\n<p>Two</p>", "One é.\n\nTwo")]
    [InlineData("a<br/>b", "a\nb")]
    [InlineData("<i>Deep</i> <jats:italic toggle=\"yes\">nets</jats:italic>", "Deep nets")]
    [InlineData("p < 0.05 and a<b and c>d", "p < 0.05 and a<b and c>d")]
    [InlineData("<script>alert(1)</script>safe<!-- no -->", "safe")]
    [InlineData("<a href=\"https://example.org\">link</a>", "link")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("a &#0; &#x202E;b", "a b")]
    [InlineData("x <= y && y >= z", "x <= y && y >= z")]
    public void Tags_go_and_entities_are_decoded_once(string html, string expected) => Assert.Equal(expected, HtmlText.ToPlainText(html));

    [Fact]
    public void Never_throws_and_leaves_no_control_characters() => TexSamples.Markup.Sample(html =>
        Assert.DoesNotContain(HtmlText.ToPlainText(html).Replace("\n", "", StringComparison.Ordinal), char.IsControl));
}
