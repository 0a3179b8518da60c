namespace DailyPapers.Editions.Drafting;

/// <summary>Which candidates to show.</summary>
public sealed record CandidateFilter
{
    /// <summary>By where they come from.</summary>
    public CandidateKind Kind { get; init; }

    /// <summary>In this arXiv category.</summary>
    public string? Category { get; init; }

    /// <summary>With these letters in the title.</summary>
    public string? Text { get; init; }

    /// <summary>Published in so many days; the setting's number when null.</summary>
    public int? Days { get; init; }
}
