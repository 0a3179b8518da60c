namespace DailyPapers.Lab.Contract;

/// <summary>The run is finished and <c>result.json</c> is on disk.</summary>
/// <param name="Result">The whole record.</param>
public sealed record ResultEvent(ReproductionResult Result) : RunEvent;
