namespace DailyPapers.Search;

/// <summary>A value and the matches that have it.</summary>
/// <param name="Value">The value, as a request's filter takes it.</param>
/// <param name="Count">The matches.</param>
public readonly record struct FacetCount(string Value, int Count);
