namespace DailyPapers.Community.Recommending;

/// <summary>A paper's features with what else decides whether it is recommended.</summary>
internal sealed record KnownFeatures(long PaperId, PaperFeatures Features, DateOnly Published, DateTimeOffset AddedAt, bool IsWithdrawn);
