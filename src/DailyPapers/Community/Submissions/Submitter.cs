namespace DailyPapers.Community.Submissions;

/// <summary>Who submits.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Name">The name shown.</param>
/// <param name="IsCurator">Whether there is no limit, and papers may go straight into an edition.</param>
public sealed record Submitter(long AccountId, string Name, bool IsCurator);
