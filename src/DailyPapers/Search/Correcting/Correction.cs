namespace DailyPapers.Search.Correcting;

/// <summary>What the person probably meant.</summary>
/// <param name="Text">The query with its typing errors corrected.</param>
/// <param name="IsShown">True when nothing has the words as typed, so that the hits are those of the corrected query.</param>
public sealed record Correction(string Text, bool IsShown);
