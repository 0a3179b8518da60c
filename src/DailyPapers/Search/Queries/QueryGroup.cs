namespace DailyPapers.Search.Queries;

/// <summary>What a paper must have, or must not have: any of the alternatives.</summary>
internal sealed record QueryGroup(IReadOnlyList<QueryClause> Alternatives, bool IsExcluded);
