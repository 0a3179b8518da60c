namespace DailyPapers.Search.Suggesting;

/// <summary>Words of a <see cref="WordList"/> that stand one after the other.</summary>
/// <param name="First">The place of the first one.</param>
/// <param name="End">The place after the last one.</param>
/// <param name="Cost">The edits they need; one more where the first letter differs.</param>
internal readonly record struct WordRange(int First, int End, int Cost);
