namespace DailyPapers.Community.Notifications.Mail;

/// <summary>A notification as a mail shows it.</summary>
/// <param name="Sentence">What happened.</param>
/// <param name="PaperTitle">The paper.</param>
/// <param name="Excerpt">The comment's beginning.</param>
/// <param name="Url">Where to read on.</param>
public sealed record MailedNotification(string Sentence, string? PaperTitle, string? Excerpt, string? Url);
