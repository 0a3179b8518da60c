namespace DailyPapers.Community.Upvotes;

/// <summary>Somebody who has voted for a paper before, beside somebody who votes for it now.</summary>
/// <param name="Age">How old the account is now.</param>
/// <param name="MadeApart">The time between the making of the two accounts.</param>
/// <param name="Votes">Other papers the account has voted for, as far as they are looked at.</param>
/// <param name="Shared">Those among them that the one who votes now has voted for too.</param>
public readonly record struct Voter(TimeSpan Age, TimeSpan MadeApart, int Votes, int Shared);
