namespace DailyPapers.Digests.Mail;

/// <summary>A link of a paper.</summary>
/// <param name="Name">What it leads to.</param>
/// <param name="Url">An absolute http or https address.</param>
public sealed record DigestLink(string Name, string Url);
