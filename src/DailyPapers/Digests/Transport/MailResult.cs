namespace DailyPapers.Digests.Transport;

/// <summary>What became of one mail.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Answer">What the server said, or why it could not be asked.</param>
public sealed record MailResult(MailStatus Status, string Answer);
