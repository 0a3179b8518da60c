namespace DailyPapers.Community.Collections;

/// <summary>A collection with its papers in their order.</summary>
/// <param name="Summary">The collection.</param>
/// <param name="Papers">Its papers.</param>
/// <param name="IsOwn">Whether it belongs to who looks at it.</param>
public sealed record CollectionView(CollectionSummary Summary, IReadOnlyList<CollectedPaper> Papers, bool IsOwn);
