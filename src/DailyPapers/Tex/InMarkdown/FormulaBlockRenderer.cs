using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace DailyPapers.Tex.InMarkdown;

/// <summary>Leaves the place of a formula that has lines of its own, between <c>$$</c>.</summary>
internal sealed class FormulaBlockRenderer(Func<string, bool, string> placeOf) : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock obj) =>
        renderer.Write("<p>").Write(placeOf(obj.Lines.ToString(), true)).Write("</p>");
}
