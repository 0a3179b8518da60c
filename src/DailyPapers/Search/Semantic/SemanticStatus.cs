namespace DailyPapers.Search.Semantic;

/// <summary>Where the papers' vectors of this machine stand.</summary>
/// <param name="Model">The model whose vectors searches use; null while there are none.</param>
/// <param name="Papers">How many papers have a vector that searches use.</param>
/// <param name="IsUpToDate">True when searches use the vectors of the configured model and they reflect everything in the database.</param>
/// <param name="NextModel">The configured model, while searches do not use its vectors yet; else null.</param>
/// <param name="Building">How far the configured model is while many papers are embedded, also while it is held up; else null.</param>
/// <param name="Error">Why papers cannot be embedded now, and what to do; null while they can.</param>
public sealed record SemanticStatus(string? Model, int Papers, bool IsUpToDate, string? NextModel, IndexBuild? Building, string? Error);
