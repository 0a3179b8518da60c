namespace DailyPapers.Community.Authorship;

/// <summary>An author of a paper who has an account here.</summary>
/// <param name="AuthorName">The name as the paper prints it.</param>
/// <param name="DisplayName">The account's name.</param>
/// <param name="Handle">The account's handle, if there is one.</param>
public sealed record ConfirmedAuthor(string AuthorName, string DisplayName, string? Handle);
