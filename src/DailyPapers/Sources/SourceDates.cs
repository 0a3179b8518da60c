using System.Globalization;
using System.Text.RegularExpressions;
using DailyPapers.Papers;

namespace DailyPapers.Sources;

/// <summary>Reads the dates of sources.</summary>
internal static partial class SourceDates
{
    private static readonly Dictionary<string, string> _zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["GMT"] = "+00:00",
        ["UTC"] = "+00:00",
        ["UT"] = "+00:00",
        ["Z"] = "+00:00",
        ["EST"] = "-05:00",
        ["EDT"] = "-04:00",
    };

    /// <summary>An instant as in <c>2009-05-01T18:58:18Z</c>.</summary>
    public static DateTimeOffset Instant(string field, string text) =>
        DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var instant)
            && char.IsAsciiDigit(text.TrimStart()[0])
            ? instant
            : throw new FieldProblemException(field, $"is '{Shorten(text)}'; an instant like 2009-05-01T18:58:18Z was expected");

    /// <summary>An instant as in a mail: <c>Mon, 14 Apr 2008 18:58:18 GMT</c>. A wrong weekday does not matter.</summary>
    public static DateTimeOffset MailInstant(string field, string text)
    {
        var match = MailPattern().Match(text);
        if (match.Success)
        {
            var zone = match.Groups["zone"].Value;
            if (!_zones.TryGetValue(zone, out var offset))
                offset = zone.Length == 5 ? zone.Insert(3, ":") : "+00:00";
            if (DateTimeOffset.TryParseExact($"{match.Groups["moment"].Value} {offset}", "d MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var instant))
                return instant;
        }
        throw new FieldProblemException(field, $"is '{Shorten(text)}'; an instant like Mon, 14 Apr 2008 18:58:18 GMT was expected");
    }

    /// <summary>A date as far as it is known: a year, a month, a day or an instant.</summary>
    public static (DateOnly Date, DatePrecision Precision) Partial(string field, string text)
    {
        text = text.Trim();
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (day, DatePrecision.Day);
        if (DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return (month, DatePrecision.Month);
        if (DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var year))
            return (year, DatePrecision.Year);
        if (text.Length > 10 && text[10] is 'T' or ' ' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return (DateOnly.FromDateTime(instant.UtcDateTime), DatePrecision.Day);
        throw new FieldProblemException(field, $"is '{Shorten(text)}'; a date like 2024-05-01, 2024-05 or 2024 was expected");
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"^\s*(?:[A-Za-z]{3},\s*)?(?<moment>[0-9]{1,2} [A-Za-z]{3} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2})\s*(?<zone>[+-][0-9]{4}|[A-Za-z]{1,3})?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex MailPattern();
}
