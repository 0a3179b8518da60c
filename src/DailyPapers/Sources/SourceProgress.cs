namespace DailyPapers.Sources;

/// <summary>How far a run of an online source is.</summary>
/// <param name="Step">What is being fetched, in words.</param>
/// <param name="Records">Records read so far in this run.</param>
/// <param name="Total">Records of the list being read, when the source says.</param>
public sealed record SourceProgress(string Step, int Records, int? Total);
