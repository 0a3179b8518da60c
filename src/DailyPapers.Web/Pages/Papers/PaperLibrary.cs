using DailyPapers.Community.Authorship;
using DailyPapers.Community.Collections;
using DailyPapers.Community.Following;

namespace DailyPapers.Web.Pages.Papers;

/// <summary>What a paper is in the signed-in person's library.</summary>
/// <param name="Collections">The person's collections, and whether the paper is in them.</param>
/// <param name="Followable">What can be followed about the paper, with the person's follow where there is one.</param>
/// <param name="Claim">The person's claim to be an author, if any.</param>
public sealed record PaperLibrary(
    IReadOnlyList<CollectionChoice> Collections, IReadOnlyList<(FollowKind Kind, string Value, long? FollowId)> Followable, AuthorshipClaim? Claim);
