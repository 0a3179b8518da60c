using System.Net;
using System.Text;

namespace DailyPapers.Tex;

/// <summary>Turns text that feeds deliver as HTML, with entities and tags, into plain text.</summary>
public static class HtmlText
{
    private const int MaxTagLength = 1_000;

    /// <summary>
    /// Removes known tags, comments, and the content of scripts and styles, decodes entities once, and keeps paragraphs as blank lines.
    /// A "less than" that opens no known tag, as in <c>p &lt; 0.05</c> or <c>a&lt;b</c>, stays. The result is text, not safe HTML: encode it when writing HTML.
    /// </summary>
    public static string ToPlainText(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
            return Tidy(SourceText.Clean(html));
        var text = new StringBuilder(html.Length);
        var position = 0;
        while (position < html.Length)
        {
            var tag = html.IndexOf('<', position);
            if (tag < 0)
                tag = html.Length;
            text.Append(html, position, tag - position);
            position = tag;
            if (position == html.Length)
                break;
            var length = TagLengthAt(html.AsSpan(position), out var name);
            if (length == 0)
            {
                // Escaped, so that decoding the whole once brings it back.
                text.Append("&lt;");
                position++;
                continue;
            }
            position += length;
            if (name is "script" or "style" && html[position - length + 1] != '/')
                position = SkipContent(html, position, name);
            text.Append(Replacement(name));
        }
        return Tidy(SourceText.Clean(WebUtility.HtmlDecode(text.ToString())));
    }

    private static int TagLengthAt(ReadOnlySpan<char> rest, out string name)
    {
        name = "";
        if (rest.StartsWith("<!--"))
        {
            var commentEnd = rest.IndexOf("-->");
            // Browsers take an unclosed comment to the end as well.
            return commentEnd < 0 ? rest.Length : commentEnd + 3;
        }
        rest = rest[..Math.Min(rest.Length, MaxTagLength)];
        var end = rest.IndexOf('>');
        if (end < 0)
            return 0;
        var tag = rest[1..end].TrimEnd('/').TrimStart('/');
        var nameLength = 0;
        while (nameLength < tag.Length && (char.IsAsciiLetterOrDigit(tag[nameLength]) || tag[nameLength] is ':' or '-'))
            nameLength++;
        var attributes = tag[nameLength..];
        // Words after a name that are no attributes mean that this was a comparison: a<b and c>d.
        if (nameLength == 0 || !attributes.IsWhiteSpace() && !attributes.Contains('='))
            return 0;
        name = tag[..nameLength].ToString().ToLowerInvariant();
        // Journals prefix their tags, as in jats:italic and mml:mi.
        return IsKnown(name) || name.Contains(':') ? end + 1 : 0;
    }

    private static bool IsKnown(string name) => name is
        "a" or "abbr" or "article" or "b" or "blockquote" or "br" or "cite" or "code" or "dd" or "del" or "div" or "dl" or "dt" or "em" or "figure" or "font"
        or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "hr" or "i" or "img" or "ins" or "italic" or "bold" or "kbd" or "li" or "mark" or "ol" or "p" or "pre" or "q"
        or "s" or "script" or "section" or "sc" or "small" or "span" or "strong" or "style" or "strike" or "sub" or "sup" or "table" or "tbody" or "td" or "th"
        or "thead" or "title" or "tr" or "tt" or "u" or "ul" or "var" or "math" or "mi" or "mn" or "mo" or "mrow" or "msub" or "msup" or "html" or "body" or "head" or "iframe" or "svg";

    private static int SkipContent(string html, int position, string name)
    {
        var close = html.IndexOf($"</{name}", position, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? html.Length : close;
    }

    private static string Replacement(string name) => name switch
    {
        "p" or "div" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "blockquote" or "section" or "article" or "table" or "jats:p" or "jats:sec" => "\n\n",
        "br" or "tr" or "hr" or "li" => "\n",
        "td" or "th" => " ",
        _ => "",
    };

    private static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (c)
            {
                case '\n' when EndsWith(tidy, ' '):
                    tidy[^1] = '\n';
                    break;
                case '\n' when tidy.Length > 1 && tidy[^1] == '\n' && tidy[^2] == '\n':
                case ' ' or '\t' or '\r' or '\u00A0' when EndsWith(tidy, ' ') || EndsWith(tidy, '\n'):
                    break;
                case ' ' or '\t' or '\r' or '\u00A0':
                    tidy.Append(' ');
                    break;
                default:
                    tidy.Append(c);
                    break;
            }
        }
        return SourceText.Compose(tidy.ToString()).Trim();
    }

    private static bool EndsWith(StringBuilder text, char c) => text.Length > 0 && text[^1] == c;
}
