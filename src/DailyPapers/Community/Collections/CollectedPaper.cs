using DailyPapers.Editions;

namespace DailyPapers.Community.Collections;

/// <summary>A paper as a collection shows it.</summary>
/// <param name="Listed">The paper.</param>
/// <param name="Note">What the owner says about it.</param>
/// <param name="AddedAt">When it was added.</param>
public sealed record CollectedPaper(ListedPaper Listed, string? Note, DateTimeOffset AddedAt);
