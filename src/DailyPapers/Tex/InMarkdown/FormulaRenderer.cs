using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace DailyPapers.Tex.InMarkdown;

/// <summary>Leaves the place of a formula within text.</summary>
internal sealed class FormulaRenderer(Func<string, bool, string> placeOf) : HtmlObjectRenderer<FormulaInline>
{
    protected override void Write(HtmlRenderer renderer, FormulaInline obj) => renderer.Write(placeOf(obj.Source, obj.Display));
}
