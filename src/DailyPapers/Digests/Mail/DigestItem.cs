namespace DailyPapers.Digests.Mail;

/// <summary>A paper as a digest shows it: plain text, cut to mail size.</summary>
/// <param name="Title">The title.</param>
/// <param name="Url">The paper's page on the site.</param>
/// <param name="Authors">The first authors and the number of others.</param>
/// <param name="Summary">Two to four sentences, if there are any.</param>
/// <param name="Topic">The topic, if it has one.</param>
/// <param name="Verdict">The verdict of its reproduction in words.</param>
/// <param name="VerdictKind">The verdict's name.</param>
/// <param name="Votes">The upvotes in words, if it has any.</param>
/// <param name="Links">Where else to go.</param>
public sealed record DigestItem(
    string Title, string Url, string Authors, string? Summary, string? Topic, string? Verdict, string? VerdictKind, string? Votes,
    IReadOnlyList<DigestLink> Links);
