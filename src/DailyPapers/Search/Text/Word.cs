namespace DailyPapers.Search.Text;

/// <summary>A word's place in a text.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">The character after the last one.</param>
/// <param name="Joined">True when a hyphen, or nothing, stands between the previous word and this one.</param>
internal readonly record struct Word(int Start, int End, bool Joined);
