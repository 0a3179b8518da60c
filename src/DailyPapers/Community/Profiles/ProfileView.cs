using DailyPapers.Community.Collections;
using DailyPapers.Community.Comments;
using DailyPapers.Editions;

namespace DailyPapers.Community.Profiles;

/// <summary>What everybody sees of a person.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Handle">The name in the address.</param>
/// <param name="DisplayName">The name.</param>
/// <param name="About">What the person says about themselves.</param>
/// <param name="Since">When the account was made.</param>
/// <param name="Authored">Papers of which the person is a confirmed author, the newest first.</param>
/// <param name="Submitted">Papers the person submitted here, the last first.</param>
/// <param name="Collections">The person's public collections.</param>
/// <param name="Comments">The last comments that everybody can see, the newest first.</param>
/// <param name="Upvoted">What the person upvoted, the last first; null when that is not shown.</param>
public sealed record ProfileView(
    long AccountId,
    string Handle,
    string DisplayName,
    string? About,
    DateTimeOffset Since,
    IReadOnlyList<ListedPaper> Authored,
    IReadOnlyList<ListedPaper> Submitted,
    IReadOnlyList<CollectionSummary> Collections,
    IReadOnlyList<ListedComment> Comments,
    IReadOnlyList<ListedPaper>? Upvoted)
{
    /// <summary>Whether there is nothing to show yet.</summary>
    public bool IsEmpty => Authored.Count + Submitted.Count + Collections.Count + Comments.Count + (Upvoted?.Count ?? 0) == 0;
}
