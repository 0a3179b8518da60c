using DailyPapers.Search.Text;

namespace DailyPapers.Search.Highlighting;

/// <summary>A word of a text as queries are compared with it.</summary>
/// <param name="Word">The word and its stem.</param>
/// <param name="Start">The first character.</param>
/// <param name="End">The character after the last one.</param>
/// <param name="IsCompound">True for joined words taken as one, which stand beside their parts.</param>
internal readonly record struct TextToken(StemmedWord Word, int Start, int End, bool IsCompound);
