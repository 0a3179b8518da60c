using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DailyPapers.Editions;

/// <summary>A day, an ISO 8601 week or a month of editions.</summary>
public readonly record struct Period
{
    private Period(PeriodKind kind, DateOnly first, DateOnly last) => (Kind, First, Last) = (kind, first, last);

    /// <summary>Day, week or month.</summary>
    public PeriodKind Kind { get; }

    /// <summary>The first day in it.</summary>
    public DateOnly First { get; }

    /// <summary>The last day in it.</summary>
    public DateOnly Last { get; }

    /// <summary>The name in URLs: <c>2025-08-13</c>, <c>2025-W33</c> or <c>2025-08</c>.</summary>
    public string Name => Kind switch
    {
        PeriodKind.Day => First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        PeriodKind.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(First):D4}-W{ISOWeek.GetWeekOfYear(First):D2}"),
        _ => First.ToString("yyyy-MM", CultureInfo.InvariantCulture),
    };

    /// <summary>The day <paramref name="date"/>.</summary>
    public static Period Day(DateOnly date) => new(PeriodKind.Day, date, date);

    /// <summary>The ISO week with <paramref name="date"/>.</summary>
    public static Period WeekOf(DateOnly date)
    {
        var monday = date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
        return new Period(PeriodKind.Week, monday, monday.AddDays(6));
    }

    /// <summary>The month with <paramref name="date"/>.</summary>
    public static Period MonthOf(DateOnly date)
    {
        var first = new DateOnly(date.Year, date.Month, 1);
        return new Period(PeriodKind.Month, first, first.AddMonths(1).AddDays(-1));
    }

    /// <summary>Reads a day's name; false when there is no such day between 1900 and 2100.</summary>
    public static bool TryParseDay(string? name, out Period period)
    {
        period = default;
        if (!DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || !InRange(date.Year))
            return false;
        period = Day(date);
        return true;
    }

    /// <summary>Reads a week's name; false when the year has no such ISO week.</summary>
    public static bool TryParseWeek([NotNullWhen(true)] string? name, out Period period)
    {
        period = default;
        if (name is not { Length: 8 } || name[4] != '-' || name[5] != 'W'
            || !int.TryParse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(name.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var week)
            || !InRange(year) || week < 1 || week > ISOWeek.GetWeeksInYear(year))
            return false;
        period = WeekOf(DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)));
        return true;
    }

    /// <summary>Reads a month's name; false when there is no such month between 1900 and 2100.</summary>
    public static bool TryParseMonth(string? name, out Period period)
    {
        period = default;
        if (!DateOnly.TryParseExact(name, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || !InRange(date.Year))
            return false;
        period = MonthOf(date);
        return true;
    }

    /// <summary>The name, as in URLs.</summary>
    public override string ToString() => Name;

    private static bool InRange(int year) => year is >= 1900 and <= 2100;
}
