using System.Text;

namespace DailyPapers.Web.Security;

/// <summary>Addresses to return to after a form: only ever on this site.</summary>
internal static class ReturnTo
{
    /// <summary>The page the form was on, if it was one of this site.</summary>
    public static string FromReferer(HttpRequest request, string otherwise) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var referer) && referer.Authority == request.Host.Value
            ? Local(referer.PathAndQuery, otherwise)
            : otherwise;

    /// <summary><paramref name="address"/> when it is a path on this site.</summary>
    public static string Local(string? address, string otherwise) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? Escaped(address) : otherwise;

    // A header takes ASCII only; what stands in an address bar may be more.
    private static string Escaped(string address) => Ascii.IsValid(address)
        ? address
        : string.Concat(address.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
