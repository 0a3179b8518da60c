namespace DailyPapers.Search;

/// <summary>Plain text (mathematics as Unicode) and the spans in it that match a query; whoever shows it escapes it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Marks">Start and length of each match, in order, not overlapping.</param>
public sealed record MarkedText(string Text, IReadOnlyList<(int Start, int Length)> Marks);
