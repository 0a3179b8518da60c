using DailyPapers.Papers;

namespace DailyPapers.Editions;

/// <summary>A paper as lists show it.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="EditionDate">The newest edition it is in, if any.</param>
/// <param name="Submitter">Who submitted it, if known.</param>
/// <param name="Verdict">The verdict of its newest reproduction, if it has one.</param>
public sealed record ListedPaper(Paper Paper, DateOnly? EditionDate, string? Submitter, string? Verdict);
