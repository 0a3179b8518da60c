namespace DailyPapers.Search;

/// <summary>How far the index is with papers it has yet to read.</summary>
/// <param name="Done">Papers read since the build or catch-up began.</param>
/// <param name="Total">Papers there were to read when it began; more may have come since.</param>
public sealed record IndexBuild(int Done, int Total);
