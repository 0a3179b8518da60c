using System.Globalization;
using DailyPapers.Editions;
using DailyPapers.Papers;

namespace DailyPapers.Web.Parts;

/// <summary>Dates as people read them.</summary>
internal static class DateText
{
    public static string Long(DateOnly date) => date.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Short(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Of(Period period) => period.Kind switch
    {
        PeriodKind.Day => Long(period.First),
        PeriodKind.Week => string.Create(CultureInfo.InvariantCulture,
            $"Week {ISOWeek.GetWeekOfYear(period.First)}, {period.First:d MMMM} – {period.Last:d MMMM yyyy}"),
        _ => period.First.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
    };

    public static string Published(Paper paper) => paper.PublishedPrecision switch
    {
        DatePrecision.Day => Short(paper.Published),
        DatePrecision.Month => paper.Published.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        _ => paper.Published.ToString("yyyy", CultureInfo.InvariantCulture),
    };

    public static string Link(Period period) => period.Kind switch
    {
        PeriodKind.Day => $"/papers/date/{period.Name}",
        PeriodKind.Week => $"/papers/week/{period.Name}",
        _ => $"/papers/month/{period.Name}",
    };
}
