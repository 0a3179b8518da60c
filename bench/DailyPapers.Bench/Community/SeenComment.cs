namespace DailyPapers.Bench.Community;

/// <summary>A comment that readers can answer and react to.</summary>
internal sealed record SeenComment(long Id, int Paper, string Author);
