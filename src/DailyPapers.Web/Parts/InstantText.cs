using System.Globalization;

namespace DailyPapers.Web.Parts;

/// <summary>Moments as people read them. Absolute, since pages are kept for a while.</summary>
internal static class InstantText
{
    public static string Short(DateTimeOffset when) => when.UtcDateTime.ToString(T["d MMM yyyy, HH:mm"], T.Culture);

    public static string Iso(DateTimeOffset when) => when.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
