namespace DailyPapers.Community.Scoring;

/// <summary>Something that speaks for a paper, from its time on and less and less.</summary>
/// <param name="PaperId">The paper.</param>
/// <param name="Kind">What it is.</param>
/// <param name="At">When it happened.</param>
/// <param name="Weight">How much it counts when it happens, more than 0 and at most 1.</param>
public readonly record struct ScoreEvent(long PaperId, ScoreEventKind Kind, DateTimeOffset At, double Weight);
