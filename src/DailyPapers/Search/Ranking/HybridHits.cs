using DailyPapers.Search.Retrieval;

namespace DailyPapers.Search.Ranking;

/// <summary>What <see cref="HybridSearch"/> found.</summary>
/// <param name="Best">The best candidates, best first, with their documents.</param>
/// <param name="Matching">All documents that have everything the query asks for, where ranking had to find them; else null.</param>
internal sealed record HybridHits(IReadOnlyList<RankedHit> Best, DocumentSet? Matching);
