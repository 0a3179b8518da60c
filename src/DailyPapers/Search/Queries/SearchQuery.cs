namespace DailyPapers.Search.Queries;

/// <summary>A query as it was understood.</summary>
/// <param name="Groups">What papers must and must not have.</param>
/// <param name="WholeId">The key, arXiv id or DOI that the whole text may be.</param>
/// <param name="Problems">Sentences about what was read differently than written.</param>
internal sealed record SearchQuery(IReadOnlyList<QueryGroup> Groups, string? WholeId, IReadOnlyList<string> Problems)
{
    /// <summary>The words that hits are found by, for ranking and highlighting.</summary>
    public IEnumerable<WordsClause> Wanted => Groups.Where(g => !g.IsExcluded).SelectMany(g => g.Alternatives).OfType<WordsClause>();
}
