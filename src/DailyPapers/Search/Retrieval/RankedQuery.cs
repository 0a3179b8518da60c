using Lucene.Net.Search;

namespace DailyPapers.Search.Retrieval;

/// <summary>A query as ranked retrieval runs it.</summary>
/// <param name="Words">Words of <see cref="Indexing.IndexField.Text"/> that are scored.</param>
/// <param name="Others">What else is scored, each with a score of its own.</param>
/// <param name="Nearness">What raises papers that are found anyway.</param>
/// <param name="Required">What a paper must have, or null.</param>
/// <param name="Excluded">What a paper must not have, or null.</param>
/// <param name="NeedsMatch">True when a paper is found only by one of the words or others; else all that have what is required are.</param>
internal sealed record RankedQuery(
    IReadOnlyList<RankedWord> Words,
    IReadOnlyList<Query> Others,
    IReadOnlyList<Query> Nearness,
    Query? Required,
    Query? Excluded,
    bool NeedsMatch);
