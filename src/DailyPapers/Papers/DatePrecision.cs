namespace DailyPapers.Papers;

/// <summary>How much of a publication date is known.</summary>
public enum DatePrecision
{
    /// <summary>Year, month and day.</summary>
    Day,

    /// <summary>Year and month; the day is stored as 1.</summary>
    Month,

    /// <summary>Only the year; stored as 1 January.</summary>
    Year,
}
