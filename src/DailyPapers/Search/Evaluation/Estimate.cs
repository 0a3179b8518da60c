namespace DailyPapers.Search.Evaluation;

/// <summary>A mean over queries with its 95 % bootstrap confidence interval.</summary>
/// <param name="Mean">The mean over the queries asked.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public readonly record struct Estimate(double Mean, double Low, double High);
