namespace DailyPapers.Digests.Mail;

/// <summary>A part of a digest that is one reader's own.</summary>
/// <param name="Html">Rows of the mail's table.</param>
/// <param name="Text">The same as text, ending in an empty line.</param>
public sealed record DigestSection(string Html, string Text);
