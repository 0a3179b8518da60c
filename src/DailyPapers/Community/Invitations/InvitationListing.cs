namespace DailyPapers.Community.Invitations;

/// <summary>An invitation as its inviter sees it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Note">Whom it is for.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="AcceptedAt">When somebody came by it.</param>
/// <param name="AcceptedBy">The name of who came; null while it is open or when that account is gone.</param>
public sealed record InvitationListing(long Id, string Note, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? AcceptedAt, string? AcceptedBy);
