using DailyPapers.Community.Scoring;
using DailyPapers.Papers;

namespace DailyPapers.Editions.Drafting;

/// <summary>A paper that may go into an edition, and what speaks for it.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="Score">The parts of its score now.</param>
/// <param name="Submitter">Who submitted it here, if anybody did.</param>
/// <param name="Note">What the submitter wrote.</param>
/// <param name="IsDropped">Whether a curator took it out of the day's draft, which keeps it out of an automatic edition.</param>
/// <param name="Similar">The papers most like it, most alike first.</param>
public sealed record EditionCandidate(Paper Paper, ScoreParts Score, string? Submitter, string? Note, bool IsDropped, IReadOnlyList<SimilarPaper> Similar);
