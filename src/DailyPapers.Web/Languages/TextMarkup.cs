using System.Text.RegularExpressions;
using DailyPapers.Wording;
using Microsoft.AspNetCore.Components;

namespace DailyPapers.Web.Languages;

/// <summary>
/// Sentences with markup in them. A text may hold <c>[links](/to)</c>, <c>*emphasis*</c>, <c>**weight**</c> and <c>`code`</c>,
/// so that a translation can move them; everything else in it, and every value put into it, is escaped.
/// </summary>
internal static partial class TextMarkup
{
    public static MarkupString Markup(this Texts texts, string english, params object?[] values)
    {
        var html = Escape(texts[english]);
        html = Links().Replace(html, "<a href=\"$2\">$1</a>");
        html = Strong().Replace(html, "<strong>$1</strong>");
        html = Emphasis().Replace(html, "<em>$1</em>");
        html = Code().Replace(html, "<code>$1</code>");
        return new MarkupString(string.Format(texts.Culture, html, [.. values.Select(ValueOf)]));
    }

    /// <summary>A link whose text comes from outside, or is markup already, to put into a sentence.</summary>
    public static MarkupString Link(string address, object text) => new($"<a href=\"{Escape(address)}\">{ValueOf(text)}</a>");

    /// <summary>A text from outside in an element of its own, to put into a sentence.</summary>
    public static MarkupString Element(string name, string text) => new($"<{name}>{Escape(text)}</{name}>");

    // Numbers and dates are formatted by the language, and hold nothing to escape.
    private static object? ValueOf(object? value) => value switch
    {
        MarkupString markup => markup.Value,
        string text => Escape(text),
        _ => value,
    };

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]*)\]\(([^)\s]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(@"\*\*([^*]+)\*\*", RegexOptions.CultureInvariant)]
    private static partial Regex Strong();

    [GeneratedRegex(@"\*([^*]+)\*", RegexOptions.CultureInvariant)]
    private static partial Regex Emphasis();

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
