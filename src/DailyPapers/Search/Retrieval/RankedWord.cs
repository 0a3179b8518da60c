namespace DailyPapers.Search.Retrieval;

/// <summary>A term that is scored.</summary>
/// <param name="Term">The term.</param>
/// <param name="Weight">What it counts beside others.</param>
/// <param name="Frequency">In how many documents what it stands for occurs, or null to count the term's own; the completions of one beginning share theirs.</param>
internal readonly record struct RankedWord(string Term, float Weight, long? Frequency = null);
