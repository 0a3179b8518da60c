namespace DailyPapers.Lab.Contract;

/// <summary>How far the run is. Fractions never decrease within a run.</summary>
/// <param name="Fraction">Part done, 0 to 1.</param>
/// <param name="Stage">What is being done (<c>seed 3</c>, <c>figures</c>).</param>
/// <param name="Message">Details for a person; may be empty.</param>
public sealed record ProgressEvent(double Fraction, string Stage, string Message) : RunEvent;
