namespace DailyPapers.Reproductions;

/// <summary>What became of a result that was handed in.</summary>
/// <param name="RunId">The run's identity.</param>
/// <param name="IsNew">False when the same result was kept before.</param>
public readonly record struct KeptRun(long RunId, bool IsNew);
