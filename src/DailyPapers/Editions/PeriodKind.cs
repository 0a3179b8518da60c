namespace DailyPapers.Editions;

/// <summary>The length of a <see cref="Period"/>.</summary>
public enum PeriodKind
{
    /// <summary>One day.</summary>
    Day,

    /// <summary>An ISO 8601 week, Monday to Sunday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}
