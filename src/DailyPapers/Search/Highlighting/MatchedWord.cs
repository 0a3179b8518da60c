namespace DailyPapers.Search.Highlighting;

/// <summary>A word of a text that answers the query.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">The character after the last one.</param>
/// <param name="Pattern">Which of the query's wishes it answers.</param>
internal readonly record struct MatchedWord(int Start, int End, int Pattern);
