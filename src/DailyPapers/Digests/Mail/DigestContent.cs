namespace DailyPapers.Digests.Mail;

/// <summary>All a digest says, for its HTML and its text alike.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="Heading">The day or week in words.</param>
/// <param name="Count">The number of papers, in words.</param>
/// <param name="Url">The edition's page.</param>
/// <param name="Items">The papers shown.</param>
/// <param name="Left">How many more the edition has.</param>
/// <param name="Why">Why the reader gets this mail.</param>
/// <param name="UnsubscribeUrl">Where to end that.</param>
/// <param name="Preheader">What mail lists show after the subject.</param>
/// <param name="SectionMark">Stands where a reader's own section goes.</param>
public sealed record DigestContent(
    string SiteName, string Heading, string Count, string Url, IReadOnlyList<DigestItem> Items, int Left, string Why, string UnsubscribeUrl, string Preheader,
    string SectionMark);
