namespace DailyPapers.Editions.Drafting;

/// <summary>A paper that curators do not want among the candidates any more.</summary>
public sealed class SkippedPaper
{
    /// <summary>The paper.</summary>
    public long PaperId { get; set; }

    /// <summary>When it was skipped.</summary>
    public DateTimeOffset SkippedAt { get; set; }
}
