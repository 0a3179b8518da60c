namespace DailyPapers.Community.Accounts.Mail;

/// <summary>What a mail about an account says.</summary>
/// <param name="Kind">The kind, for its Message-ID.</param>
/// <param name="Subject">Its subject and heading.</param>
/// <param name="Text">What happened.</param>
/// <param name="Note">What to do about it, or that nothing needs to be done.</param>
/// <param name="Button">The words on the link, if it has one.</param>
/// <param name="Url">The address of the link.</param>
internal sealed record AccountMailContent(string Kind, string Subject, string Text, string Note, string? Button = null, string? Url = null);
