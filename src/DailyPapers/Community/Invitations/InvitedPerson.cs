using DailyPapers.Community.Accounts;

namespace DailyPapers.Community.Invitations;

/// <summary>A person in the tree of invitations.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Trust">Its trust level.</param>
/// <param name="IsBanned">Whether it is banned now.</param>
/// <param name="Depth">How many invitations lie between it and somebody who came without one.</param>
public sealed record InvitedPerson(long Id, string Name, string Email, TrustLevel Trust, bool IsBanned, int Depth);
