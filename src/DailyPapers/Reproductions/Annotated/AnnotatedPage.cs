namespace DailyPapers.Reproductions.Annotated;

/// <summary>A paper's annotated page: what it claims, how it is tested, what came out.</summary>
/// <param name="Title">The first heading.</param>
/// <param name="Html">The rest as HTML, its headings from the second level on.</param>
public sealed record AnnotatedPage(string Title, string Html);
