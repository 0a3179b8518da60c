using DailyPapers.Papers;

namespace DailyPapers.Community.Authorship;

/// <summary>A claim as its lists show it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Paper">The paper.</param>
/// <param name="ClaimantName">Who makes it.</param>
/// <param name="ClaimantEmail">The address of the claimant's account, which a curator may compare with the paper's.</param>
/// <param name="IsEmailConfirmed">Whether that address is known to be the claimant's.</param>
public sealed record ClaimListing(AuthorshipClaim Claim, Paper Paper, string ClaimantName, string? ClaimantEmail, bool IsEmailConfirmed);
