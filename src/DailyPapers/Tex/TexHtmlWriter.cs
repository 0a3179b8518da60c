using System.Text;

namespace DailyPapers.Tex;

/// <summary>Writes tokens as HTML that is well-formed XML too.</summary>
internal sealed class TexHtmlWriter
{
    private readonly StringBuilder _output;

    private TexHtmlWriter(StringBuilder output) => _output = output;

    internal static string Write(List<TexToken> tokens, bool inline)
    {
        var writer = new TexHtmlWriter(new StringBuilder(1024));
        if (inline)
            writer.WriteTokens(tokens);
        else
            writer.WriteParagraphs(tokens);
        return writer._output.ToString();
    }

    private void WriteParagraphs(List<TexToken> tokens)
    {
        if (tokens.Count == 0)
            return;
        _output.Append("<p>");
        WriteTokens(tokens);
        _output.Append("</p>");
    }

    private void WriteTokens(List<TexToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            switch (token.Kind)
            {
                case TexTokenKind.Text:
                    HtmlEscape.Append(_output, WhiteSpace.Collapse(token.Text));
                    break;
                case TexTokenKind.Formula when token.Formula is { } formula:
                    MathMlWriter.Write(_output, formula, token.Text, token.Display);
                    break;
                case TexTokenKind.Formula or TexTokenKind.Source:
                    _output.Append("<code class=\"tex\">");
                    HtmlEscape.Append(_output, token.Text);
                    _output.Append("</code>");
                    break;
                case TexTokenKind.Open:
                    WriteOpen(token);
                    break;
                case TexTokenKind.Close:
                    WriteClose(token.Style);
                    break;
                case TexTokenKind.LineBreak when i + 1 < tokens.Count:
                    _output.Append("<br/>");
                    break;
                case TexTokenKind.Paragraph when i + 1 < tokens.Count:
                    _output.Append("</p><p>");
                    break;
            }
        }
    }

    private void WriteOpen(TexToken token)
    {
        if (token.Style == TexStyle.Link)
        {
            _output.Append("<a rel=\"nofollow noopener\" href=\"");
            HtmlEscape.Append(_output, token.Text);
            _output.Append("\">");
            return;
        }
        _output.Append('<').Append(Element(token.Style)).Append('>');
    }

    private void WriteClose(TexStyle style) => _output.Append("</").Append(Element(style)).Append('>');

    private static string Element(TexStyle style) => style switch
    {
        TexStyle.Strong => "strong",
        TexStyle.Code => "code",
        TexStyle.Superscript => "sup",
        TexStyle.Subscript => "sub",
        TexStyle.Link => "a",
        _ => "em",
    };
}
