namespace DailyPapers.Search.Evaluation;

/// <summary>Documents, queries, and which documents answer which query.</summary>
/// <param name="Name">The name that tables and run files show.</param>
/// <param name="Documents">The documents, each id once.</param>
/// <param name="Queries">The queries, each id once.</param>
/// <param name="Judgements">The grades. Queries without any judgement are not evaluated.</param>
public sealed record JudgedCollection(string Name, IReadOnlyList<JudgedDocument> Documents, IReadOnlyList<JudgedQuery> Queries, Judgements Judgements)
{
    /// <summary>The queries that have judgements, in their order.</summary>
    public IEnumerable<JudgedQuery> JudgedQueries => Queries.Where(query => Judgements.Contains(query.Id));
}
