namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>One impression as a file has it.</summary>
/// <param name="Clicked">The label.</param>
/// <param name="Values">The value of each field, as text; empty where it is missing.</param>
public sealed record ClickRecord(bool Clicked, IReadOnlyList<string> Values);
