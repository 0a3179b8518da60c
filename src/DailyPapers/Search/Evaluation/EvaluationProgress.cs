namespace DailyPapers.Search.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="System">The system at work.</param>
/// <param name="Asked">Queries answered; 0 while the system reads the documents.</param>
/// <param name="Queries">Queries in all.</param>
public readonly record struct EvaluationProgress(string Collection, string System, int Asked, int Queries);
