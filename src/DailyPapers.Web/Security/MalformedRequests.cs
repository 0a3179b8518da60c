using System.Globalization;
using System.Text;

namespace DailyPapers.Web.Security;

/// <summary>Answers requests whose URL is not valid percent-encoded UTF-8, or holds control characters, with a clear 400.</summary>
internal static class MalformedRequests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void UseMalformedRequestRefusal(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var query = context.Request.QueryString.Value ?? "";
        var problem = Problem(context.Request.Path.Value ?? "", "path", percentEncoded: false) ?? Problem(query, "query", percentEncoded: true);
        return problem is null
            ? next(context)
            : Results.Problem(title: T["The address cannot be read"], detail: problem, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
    });

    private static string? Problem(string text, string part, bool percentEncoded)
    {
        if (!text.AsSpan().ContainsAny('%', '\uFFFD', '\u007F') && !text.AsSpan().ContainsAnyInRange('\0', '\u001F'))
            return null;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            // A path reaches us decoded; what is still encoded in it is what the server could not decode.
            if (text[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1));
                if (char.IsHighSurrogate(text[i]))
                    i++;
                continue;
            }
            if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                if (!percentEncoded)
                {
                    bytes.Add((byte)'%');
                    continue;
                }
                return $"The {part} has a '%' that is not followed by two hexadecimal digits; write a percent sign as %25.";
            }
            bytes.Add(value);
            i += 2;
        }
        var decoded = bytes.ToArray();
        // Text pasted into a form may have line breaks and tabs; a path never does.
        if (Array.Exists(decoded, value => value is < 0x20 or 0x7F && !(percentEncoded && value is (byte)'\t' or (byte)'\n' or (byte)'\r')))
            return $"The {part} holds control characters.";
        try
        {
            return Strict.GetString(decoded).Contains('\uFFFD') ? $"The {part} is not valid UTF-8." : null;
        }
        catch (DecoderFallbackException)
        {
            return $"The {part} is not valid UTF-8; encode it as UTF-8 before percent-encoding.";
        }
    }
}
