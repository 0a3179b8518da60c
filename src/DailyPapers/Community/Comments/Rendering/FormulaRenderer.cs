using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace DailyPapers.Community.Comments.Rendering;

/// <summary>Leaves the place of a formula within text.</summary>
internal sealed class FormulaRenderer(Func<string, bool, string> placeOf) : HtmlObjectRenderer<FormulaInline>
{
    protected override void Write(HtmlRenderer renderer, FormulaInline obj) => renderer.Write(placeOf(obj.Source, obj.Display));
}
