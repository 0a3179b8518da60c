using System.Text;

namespace DailyPapers.Tex.InMarkdown;

/// <summary>A formula of a Markdown text as HTML.</summary>
internal static class FormulaHtml
{
    /// <summary>MathML; the TeX source as code where it cannot be read.</summary>
    public static string Of(string source, bool display)
    {
        var html = new StringBuilder();
        if (MathParser.Parse(source) is { } formula)
            MathMlWriter.Write(html, formula, source, display);
        else
        {
            html.Append("<code class=\"tex\">");
            HtmlEscape.Append(html, source);
            html.Append("</code>");
        }
        return html.ToString();
    }
}
