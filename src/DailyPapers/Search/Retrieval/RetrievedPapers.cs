namespace DailyPapers.Search.Retrieval;

/// <summary>The best papers of a retrieval, best first; the arrays run in parallel.</summary>
/// <param name="PaperIds">Database identities.</param>
/// <param name="Scores">Scores, comparable within one retrieval.</param>
/// <param name="Documents">Document numbers in the searcher that was asked.</param>
/// <param name="Attainable">What a paper full of all the query's words would score, their nearness aside; 0 when no word is scored.</param>
internal sealed record RetrievedPapers(long[] PaperIds, float[] Scores, int[] Documents, float Attainable);
