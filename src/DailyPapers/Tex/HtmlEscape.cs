using System.Buffers;
using System.Text;

namespace DailyPapers.Tex;

/// <summary>Escapes text for element content and for quoted attributes alike.</summary>
internal static class HtmlEscape
{
    private static readonly SearchValues<char> _special = SearchValues.Create("<>&\"'");

    internal static void Append(StringBuilder output, ReadOnlySpan<char> text)
    {
        for (int next; (next = text.IndexOfAny(_special)) >= 0; text = text[(next + 1)..])
        {
            output.Append(text[..next]).Append(text[next] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                _ => "&#39;",
            });
        }
        output.Append(text);
    }
}
