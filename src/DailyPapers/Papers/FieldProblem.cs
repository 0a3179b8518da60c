namespace DailyPapers.Papers;

/// <summary>What is wrong with a field of a record and what would be right.</summary>
/// <param name="Field">The field.</param>
/// <param name="Reason">What came and what was expected.</param>
public sealed record FieldProblem(string Field, string Reason);
