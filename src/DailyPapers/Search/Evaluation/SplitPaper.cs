namespace DailyPapers.Search.Evaluation;

/// <summary>A paper as development collections are made of it.</summary>
/// <param name="Title">The title.</param>
/// <param name="Abstract">The abstract, or empty.</param>
/// <param name="Keywords">The keywords as the paper has them.</param>
/// <param name="Authors">The authors' names.</param>
/// <param name="Year">The year of publication, if known.</param>
public sealed record SplitPaper(string Title, string Abstract, IReadOnlyList<string> Keywords, IReadOnlyList<string> Authors, int? Year);
