namespace DailyPapers.Community.Collections;

/// <summary>What came of a change to a collection.</summary>
/// <param name="Collection">The collection as it is now; null when nothing was changed.</param>
/// <param name="Problem">What was wrong and how to mend it; null when it was changed, or when there is no such thing.</param>
public sealed record CollectionOutcome(Collection? Collection, string? Problem)
{
    /// <summary>The person has no such collection, or there is no such paper.</summary>
    public static CollectionOutcome Missing { get; } = new(null, null);

    /// <summary>Whether what was to be changed does not exist for this person.</summary>
    public bool IsMissing => Collection is null && Problem is null;

    internal static CollectionOutcome Of(Collection collection) => new(collection, null);

    internal static CollectionOutcome Refused(string problem) => new(null, problem);
}
