namespace DailyPapers.Community.Moderation.Filters;

/// <summary>How a filter's pattern is read.</summary>
public enum FilterKind
{
    /// <summary>Whole words in this order, whatever their case and accents; a star stands for any letters within a word.</summary>
    Words,

    /// <summary>A regular expression, whatever the case.</summary>
    Expression,
}
