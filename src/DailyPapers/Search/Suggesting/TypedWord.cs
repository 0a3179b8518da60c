namespace DailyPapers.Search.Suggesting;

/// <summary>A word that was typed, perhaps not to its end.</summary>
/// <param name="Spelling">The word, normalised.</param>
/// <param name="Edits">The typing errors that are allowed in it.</param>
internal readonly record struct TypedWord(string Spelling, int Edits);
