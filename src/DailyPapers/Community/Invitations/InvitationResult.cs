namespace DailyPapers.Community.Invitations;

/// <summary>A new invitation, or why there is none.</summary>
/// <param name="Code">The secret for its link: shown once, never kept.</param>
/// <param name="Problem">What is wrong and how to mend it.</param>
public sealed record InvitationResult(string? Code, string? Problem);
