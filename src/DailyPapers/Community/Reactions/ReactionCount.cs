namespace DailyPapers.Community.Reactions;

/// <summary>How often a comment got a reaction.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Count">How often.</param>
/// <param name="Given">Whether the reader's own is among them.</param>
public sealed record ReactionCount(ReactionKind Kind, int Count, bool Given);
