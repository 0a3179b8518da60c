namespace DailyPapers.Search.Correcting;

/// <summary>A word of a query that may have a typing error.</summary>
/// <param name="Start">Its first character in the query.</param>
/// <param name="End">The character after the last one.</param>
/// <param name="Spelling">The word, normalised.</param>
/// <param name="Joined">True when a hyphen stands between the previous word and this one.</param>
internal readonly record struct BareWord(int Start, int End, string Spelling, bool Joined);
