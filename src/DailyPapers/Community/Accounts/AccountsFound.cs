namespace DailyPapers.Community.Accounts;

/// <summary>A page of accounts.</summary>
/// <param name="Accounts">Those on it.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Number">Which page it is, from 1.</param>
/// <param name="Pages">How many pages there are.</param>
public sealed record AccountsFound(IReadOnlyList<AccountListing> Accounts, int Total, int Number, int Pages);
