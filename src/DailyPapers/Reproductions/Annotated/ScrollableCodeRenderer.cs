using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace DailyPapers.Reproductions.Annotated;

/// <summary>Code that is wider than a phone scrolls, and so must be reachable by keyboard.</summary>
internal sealed class ScrollableCodeRenderer : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        renderer.EnsureLine();
        renderer.Write("<pre tabindex=\"0\"><code>");
        renderer.WriteLeafRawLines(obj, writeEndOfLines: true, escape: true);
        renderer.WriteLine("</code></pre>");
    }
}
