namespace DailyPapers.Editions.Drafting;

/// <summary>Which candidates to show.</summary>
public enum CandidateKind
{
    /// <summary>Harvested and submitted ones.</summary>
    All,

    /// <summary>Those that readers submitted.</summary>
    Submitted,

    /// <summary>Those that nobody submitted.</summary>
    Harvested,

    /// <summary>Those that curators skipped.</summary>
    Skipped,
}
