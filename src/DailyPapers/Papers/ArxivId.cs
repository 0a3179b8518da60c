using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DailyPapers.Papers;

/// <summary>An arXiv identifier in the new (<c>2001.04438</c>) or old (<c>hep-th/9901001</c>) style, with an optional version.</summary>
/// <param name="Id">The identifier without version, in canonical spelling.</param>
/// <param name="Version">The version number, or null when none was named.</param>
/// <remarks>Format: https://info.arxiv.org/help/arxiv_identifier.html.</remarks>
public readonly partial record struct ArxivId(string Id, int? Version = null)
{
    private const int LongestAccepted = 200;

    /// <summary>The first day of the month the identifier was issued in.</summary>
    public DateOnly IssuedMonth
    {
        get
        {
            var digits = Id.AsSpan(Id.LastIndexOf('/') + 1, 4);
            var year = int.Parse(digits[..2], CultureInfo.InvariantCulture);
            var month = int.Parse(digits[2..], CultureInfo.InvariantCulture);
            return new DateOnly(year >= 91 ? 1900 + year : 2000 + year, month, 1);
        }
    }

    /// <summary>Reads an identifier as people paste it: bare, with <c>arXiv:</c> before it, or as an abs, pdf or html URL.</summary>
    /// <returns>False when <paramref name="text"/> names no possible arXiv paper.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ArxivId id)
    {
        id = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestAccepted)
            return false;
        var match = Pattern().Match(text.Trim());
        if (!match.Success)
            return false;
        var month = match.Groups["month"].ValueSpan;
        if (month is "00" || int.Parse(month, CultureInfo.InvariantCulture) > 12)
            return false;

        var version = match.Groups["version"];
        int? number = null;
        if (version.Success)
        {
            if (!int.TryParse(version.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed is 0)
                return false;
            number = parsed;
        }
        return match.Groups["new"].Success
            ? TryNewStyle(match.Groups["new"].Value, number, out id)
            : TryOldStyle(match.Groups["archive"].Value, match.Groups["number"].Value, number, out id);
    }

    /// <summary>Reads an identifier, or throws a <see cref="FormatException"/> that says what was expected.</summary>
    public static ArxivId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{Shorten(text)}' is not an arXiv identifier; expected one like 2001.04438, 2001.04438v2 or hep-th/9901001.");

    /// <summary>The identifier with its version when it has one, as in <c>2001.04438v2</c>.</summary>
    public override string ToString() => Version is { } version ? $"{Id}v{version.ToString(CultureInfo.InvariantCulture)}" : Id;

    private static bool TryNewStyle(string id, int? version, out ArxivId result)
    {
        result = new ArxivId(id, version);
        var yearAndMonth = int.Parse(id.AsSpan(0, 4), CultureInfo.InvariantCulture);
        // The new style began in April 2007; five digits came in January 2015.
        return yearAndMonth >= 704 && yearAndMonth < 9100 && id.Length == (yearAndMonth >= 1501 ? 10 : 9);
    }

    private static bool TryOldStyle(string archive, string number, int? version, out ArxivId result)
    {
        // The subject class after the dot (math.GT) is case-insensitive at arXiv and not part of the identity;
        // arXiv itself redirects math.GT/0309136 to math/0309136.
        var dot = archive.IndexOf('.');
        var canonical = (dot < 0 ? archive : archive[..dot]).ToLowerInvariant();
        result = new ArxivId($"{canonical}/{number}", version);
        var yearAndMonth = int.Parse(number.AsSpan(0, 4), CultureInfo.InvariantCulture);
        return yearAndMonth is >= 9101 or <= 703;
    }

    private static string Shorten(string? text) => text is null ? "" : text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(
        @"^(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format)/|arxiv:|oai:arxiv\.org:)?" +
        @"(?:(?<new>[0-9]{2}(?<month>[0-9]{2})\.[0-9]{4,5})|(?<archive>[a-z][a-z-]{1,12}(?:\.[a-z]{2}(?:-[a-z]{2,4})?)?)/(?<number>[0-9]{2}(?<month>[0-9]{2})[0-9]{3}))" +
        @"(?:v(?<version>[0-9]{1,4}))?(?:\.pdf)?/?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
