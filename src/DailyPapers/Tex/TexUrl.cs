using System.Buffers;
using System.Text;

namespace DailyPapers.Tex;

/// <summary>Finds addresses in running text and lets only safe ones become links.</summary>
internal static class TexUrl
{
    private const int MaxLength = 2_000;

    private static readonly SearchValues<char> _ends = SearchValues.Create(" \t\r\n<>\"{}|^`$\u00A0");

    internal static bool StartsAt(ReadOnlySpan<char> source, int position)
    {
        var rest = source[position..];
        return (rest.StartsWith("https://") || rest.StartsWith("http://")) && (position == 0 || !char.IsAsciiLetter(source[position - 1]));
    }

    /// <summary>The length of the address at <paramref name="position"/> without the punctuation of the sentence around it.</summary>
    internal static int LengthAt(ReadOnlySpan<char> source, int position)
    {
        var rest = source[position..Math.Min(source.Length, position + MaxLength)];
        var length = rest.IndexOfAny(_ends);
        if (length < 0)
            length = rest.Length;
        var url = rest[..length];
        if (url.IndexOf("\\") is > 0 and var command && !IsEscape(url[command..]))
            url = url[..command];
        while (url.Length > 0 && (url[^1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' or '\\' || url[^1] is ')' && !url.Contains('(') || url[^1] is ']' && !url.Contains('[')))
            url = url[..^1];
        return Math.Max(url.Length, "http".Length);
    }

    /// <summary>The address as its owner wrote it, without TeX's backslashes.</summary>
    internal static string Unescape(ReadOnlySpan<char> source)
    {
        if (!source.Contains('\\'))
            return source.Trim().ToString();
        var url = new StringBuilder(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (!IsEscape(source[i..]))
                url.Append(source[i]);
        }
        return url.ToString().Trim();
    }

    /// <summary>True for an absolute https address without credentials, which <paramref name="href"/> gives in canonical form.</summary>
    internal static bool TryGetLink(string url, out string href)
    {
        href = "";
        if (url.Length > MaxLength || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0 || uri.Host.Length == 0)
            return false;
        href = uri.AbsoluteUri;
        return true;
    }

    private static bool IsEscape(ReadOnlySpan<char> rest) =>
        rest is ['\\', '_' or '%' or '#' or '&' or '~' or '$', ..];
}
