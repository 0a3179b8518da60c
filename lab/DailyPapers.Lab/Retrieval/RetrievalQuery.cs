namespace DailyPapers.Lab.Retrieval;

/// <summary>A query and its answers.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="Relevant">The numbers of the documents that answer it, at least one.</param>
public sealed record RetrievalQuery(string Text, IReadOnlyList<int> Relevant);
