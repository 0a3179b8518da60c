namespace DailyPapers.Lab.Contract;

/// <summary>A figure is on disk, in the run's output folder.</summary>
/// <param name="Figure">Its file and texts.</param>
public sealed record FigureEvent(FigureInfo Figure) : RunEvent;
