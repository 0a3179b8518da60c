using DailyPapers.Papers;

namespace DailyPapers.Search;

/// <summary>A paper that was found.</summary>
/// <param name="Paper">The paper as the database has it.</param>
/// <param name="Score">The relevance; comparable within one result only.</param>
/// <param name="Title">The title with the matching words marked.</param>
/// <param name="Excerpt">The part of summary or abstract that matches best, marked; null when only other fields match.</param>
public sealed record SearchHit(Paper Paper, float Score, MarkedText Title, MarkedText? Excerpt)
{
    /// <summary>The parts that add up to the score, where the request asked for them; else null.</summary>
    public IReadOnlyList<ScorePart>? Explanation { get; init; }
}
