namespace DailyPapers.Search.Ranking;

/// <summary>A paper that may be a hit, and what is known about it.</summary>
/// <param name="PaperId">Its database identity.</param>
/// <param name="Lexical">Its BM25F score, or null when none of the words found it.</param>
/// <param name="Cosine">Its vector's cosine with the query's, or null when it has no vector.</param>
internal readonly record struct Candidate(long PaperId, float? Lexical, float? Cosine)
{
    /// <summary>Days since its publication.</summary>
    public int AgeInDays { get; init; }

    /// <summary>Its upvotes.</summary>
    public long Upvotes { get; init; }

    /// <summary>True when the query is its identifier or has an author's whole name.</summary>
    public bool IsNamed { get; init; }
}
