namespace DailyPapers.Search.Vectors;

/// <summary>A paper that a search found.</summary>
/// <param name="PaperId">Its database identity.</param>
/// <param name="Score">The cosine between its vector and the query's, −1 to 1.</param>
internal readonly record struct VectorHit(long PaperId, float Score);
