namespace DailyPapers.Search.Retrieval;

/// <summary>The best papers of a retrieval, best first; the arrays run in parallel.</summary>
/// <param name="PaperIds">Database identities.</param>
/// <param name="Scores">Scores, comparable within one retrieval.</param>
/// <param name="Documents">Document numbers in the searcher that was asked.</param>
internal sealed record RetrievedPapers(long[] PaperIds, float[] Scores, int[] Documents);
