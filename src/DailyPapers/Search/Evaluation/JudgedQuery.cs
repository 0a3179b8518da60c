namespace DailyPapers.Search.Evaluation;

/// <summary>A query of a judged collection.</summary>
/// <param name="Id">Its name in the judgements.</param>
/// <param name="Text">What is searched for.</param>
public sealed record JudgedQuery(string Id, string Text);
