using Markdig.Helpers;
using Markdig.Parsers;

namespace DailyPapers.Tex.InMarkdown;

/// <summary>Reads formulas by the same rules as in titles and abstracts, so that prices stay prices.</summary>
internal sealed class FormulaParser : InlineParser
{
    public FormulaParser() => OpeningCharacters = ['$', '\\'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.Text;
        if (!new MathDelimiters(text).TryRead(slice.Start, out var formula) || formula.End > slice.End + 1)
            return false;
        processor.Inline = new FormulaInline(text[formula.ContentStart..formula.ContentEnd], formula.Display);
        slice.Start = formula.End;
        return true;
    }
}
