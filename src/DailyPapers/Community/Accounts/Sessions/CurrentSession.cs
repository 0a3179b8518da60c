namespace DailyPapers.Community.Accounts.Sessions;

/// <summary>A session that holds, and its account as it is now.</summary>
/// <param name="Id">The session.</param>
/// <param name="AccountId">The account.</param>
/// <param name="DisplayName">Its name.</param>
/// <param name="Role">Its role.</param>
/// <param name="Trust">Its trust level.</param>
/// <param name="SignedInAt">When the person signed in.</param>
public sealed record CurrentSession(long Id, long AccountId, string DisplayName, AccountRole Role, TrustLevel Trust, DateTimeOffset SignedInAt);
