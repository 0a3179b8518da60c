using System.Text;

namespace DailyPapers.Tex;

/// <summary>Writes tokens as plain text: formulas in Unicode, paragraphs parted by a blank line.</summary>
internal static class TexPlainTextWriter
{
    // Cannot come from a source, since cleaning removes it there.
    private const char ParagraphSeparator = '\u2029';

    internal static string Write(List<TexToken> tokens)
    {
        var output = new StringBuilder();
        foreach (var token in tokens)
        {
            switch (token.Kind)
            {
                case TexTokenKind.Formula when token.Formula is { } formula:
                    MathTextWriter.Write(output, formula);
                    break;
                case TexTokenKind.Text or TexTokenKind.Formula or TexTokenKind.Source:
                    output.Append(token.Text);
                    break;
                case TexTokenKind.LineBreak:
                    output.Append(' ');
                    break;
                case TexTokenKind.Paragraph:
                    output.Append(ParagraphSeparator);
                    break;
            }
        }
        return Tidy(output);
    }

    /// <summary>One kind of blank, one blank at a time, none at the ends of paragraphs.</summary>
    private static string Tidy(StringBuilder output)
    {
        var tidy = new StringBuilder(output.Length);
        foreach (var chunk in output.GetChunks())
        {
            foreach (var c in chunk.Span)
            {
                if (c == ParagraphSeparator)
                    EndParagraph(tidy);
                else if (!IsBlank(c))
                    tidy.Append(c);
                else if (tidy.Length > 0 && tidy[^1] is not (' ' or '\n'))
                    tidy.Append(' ');
            }
        }
        TrimEnd(tidy);
        return SourceText.Compose(tidy.ToString());
    }

    private static void EndParagraph(StringBuilder tidy)
    {
        TrimEnd(tidy);
        if (tidy.Length > 0)
            tidy.Append("\n\n");
    }

    private static void TrimEnd(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] is ' ' or '\n')
            text.Length--;
    }

    private static bool IsBlank(char c) => c is ' ' or '\u00A0' or '\t' or '\r' or '\n';
}
