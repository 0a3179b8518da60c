namespace DailyPapers.Bench.Community;

/// <summary>Something a reader did and the service said yes to.</summary>
/// <param name="Kind">What.</param>
/// <param name="Reader">Whose account.</param>
/// <param name="Paper">The paper's place among the papers.</param>
/// <param name="Comment">The comment written, deleted or reacted to.</param>
/// <param name="Parent">The comment that is answered.</param>
/// <param name="Reaction">The kind of reaction.</param>
internal sealed record Act(ActKind Kind, string Reader, int Paper, long Comment = 0, long? Parent = null, string? Reaction = null);
