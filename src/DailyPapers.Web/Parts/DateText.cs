using System.Globalization;
using DailyPapers.Editions;
using DailyPapers.Papers;

namespace DailyPapers.Web.Parts;

/// <summary>Dates as people read them.</summary>
internal static class DateText
{
    public static string Long(DateOnly date) => date.ToString(T["dddd, d MMMM yyyy"], T.Culture);

    public static string Short(DateOnly date) => date.ToString(T["d MMM yyyy"], T.Culture);

    /// <summary>A day with its month in full.</summary>
    public static string Full(DateOnly date) => date.ToString(T["d MMMM yyyy"], T.Culture);

    public static string Month(DateOnly date) => date.ToString(T["MMMM yyyy"], T.Culture);

    /// <summary>The day at UTC.</summary>
    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    public static string Of(Period period) => period.Kind switch
    {
        PeriodKind.Day => Long(period.First),
        PeriodKind.Week => T["Week {0}, {1:d MMMM} – {2:d MMMM yyyy}", ISOWeek.GetWeekOfYear(period.First), period.First, period.Last],
        _ => Month(period.First),
    };

    public static string Published(Paper paper) => paper.PublishedPrecision switch
    {
        DatePrecision.Day => Short(paper.Published),
        DatePrecision.Month => paper.Published.ToString(T["MMM yyyy"], T.Culture),
        _ => paper.Published.ToString("yyyy", CultureInfo.InvariantCulture),
    };

    public static string Name(PeriodKind kind) => kind switch
    {
        PeriodKind.Day => T["Day"],
        PeriodKind.Week => T["Week"],
        _ => T["Month"],
    };

    public static string Link(Period period) => period.Kind switch
    {
        PeriodKind.Day => $"/papers/date/{period.Name}",
        PeriodKind.Week => $"/papers/week/{period.Name}",
        _ => $"/papers/month/{period.Name}",
    };
}
