namespace DailyPapers.Community.Recommending;

/// <summary>A paper that a person likes.</summary>
/// <param name="PaperId">The paper.</param>
/// <param name="Kind">The strongest sign of it.</param>
/// <param name="At">When the person last showed it.</param>
internal sealed record LikedPaper(long PaperId, LikedKind Kind, DateTimeOffset At)
{
    /// <summary>How much it counts: a public vote or a place in a collection is a decision, reading may have been a disappointment.</summary>
    public float Weight => Kind switch
    {
        LikedKind.Upvoted or LikedKind.Collected => 1,
        LikedKind.Saved => 0.6f,
        _ => 0.4f,
    };
}
