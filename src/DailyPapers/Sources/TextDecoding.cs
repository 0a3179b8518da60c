using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace DailyPapers.Sources;

/// <summary>Finds the encoding of a body by what its bytes are rather than by what is claimed, so that text is never garbled silently.</summary>
internal static partial class TextDecoding
{
    /// <summary>A reader over the text, without byte order mark; it throws <see cref="DecoderFallbackException"/> at bytes that the encoding does not have.</summary>
    /// <exception cref="MalformedResponseException">No encoding fits.</exception>
    public static StreamReader Open(SourceResponse response) =>
        new(new MemoryStream(response.Body, writable: false), EncodingOf(response), detectEncodingFromByteOrderMarks: true);

    private static Encoding EncodingOf(SourceResponse response)
    {
        ReadOnlySpan<byte> body = response.Body;
        if (body is [0xFE, 0xFF, ..] or [0, (byte)'<', ..])
            return new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);
        if (body is [0xFF, 0xFE, ..] or [(byte)'<', 0, ..])
            return new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
        // Text in another encoding that happens to be valid UTF-8 practically does not occur, while UTF-8 declared as
        // something else does.
        if (Utf8.IsValid(body))
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        foreach (var name in new[] { response.Charset, DeclaredIn(body) })
        {
            if (name is not null && !name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && ByName(name) is { } encoding)
                return encoding;
        }
        throw new MalformedResponseException("it claims to be UTF-8, or claims nothing, but has bytes that are not UTF-8.");
    }

    private static string? DeclaredIn(ReadOnlySpan<byte> body)
    {
        var match = Declaration().Match(Encoding.Latin1.GetString(body[..Math.Min(body.Length, 200)]));
        return match.Success ? match.Groups[1].Value : null;
    }

    private static Encoding? ByName(string name)
    {
        try
        {
            return (CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)) is { IsSingleByte: true } encoding
                ? encoding
                : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
