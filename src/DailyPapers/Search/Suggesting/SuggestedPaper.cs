using DailyPapers.Papers;

namespace DailyPapers.Search.Suggesting;

/// <summary>What tells a suggested paper from others.</summary>
/// <param name="Id">Database identity.</param>
/// <param name="Key">The identifier in URLs.</param>
/// <param name="Title">The title; mathematics as TeX.</param>
/// <param name="Authors">The authors in the paper's order.</param>
/// <param name="Published">The date of first publication.</param>
/// <param name="Venue">Journal reference, conference or venue.</param>
public sealed record SuggestedPaper(long Id, string Key, string Title, IReadOnlyList<Author> Authors, DateOnly Published, string? Venue);
