using Markdig.Syntax.Inlines;

namespace DailyPapers.Tex.InMarkdown;

/// <summary>A formula in running text.</summary>
internal sealed class FormulaInline(string source, bool display) : LeafInline
{
    public string Source { get; } = source;

    public bool Display { get; } = display;
}
