using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace DailyPapers.Community.Comments.Rendering;

/// <summary>Shows a heading as a strong line: the page's outline is the site's, not a commenter's.</summary>
internal sealed class HeadingRenderer : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock obj) =>
        renderer.Write("<p><strong>").WriteLeafInline(obj).Write("</strong></p>");
}
