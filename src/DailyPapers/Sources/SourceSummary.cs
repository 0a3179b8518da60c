using DailyPapers.Papers;

namespace DailyPapers.Sources;

/// <summary>What a run of a source did.</summary>
public sealed record SourceSummary
{
    internal const int MostRejectsKept = 100;

    /// <summary>Records that could be stored.</summary>
    public int Accepted { get; init; }

    /// <summary>Papers that were new.</summary>
    public int Added { get; init; }

    /// <summary>Papers that changed.</summary>
    public int Updated { get; init; }

    /// <summary>Papers about which nothing new was said.</summary>
    public int Unchanged { get; init; }

    /// <summary>Records that could not be stored.</summary>
    public int Rejected { get; init; }

    /// <summary>The first 100 rejects.</summary>
    public IReadOnlyList<SourceReject> Rejects { get; init; } = [];

    /// <summary>Where an interrupted run was taken up, in words; null when the run began at the beginning.</summary>
    public string? ResumedFrom { get; init; }

    /// <summary>This summary with what one more batch did.</summary>
    internal SourceSummary Plus(IntakeResult stored, int accepted, IReadOnlyCollection<SourceReject> rejects) => this with
    {
        Accepted = Accepted + accepted,
        Added = Added + stored.Added,
        Updated = Updated + stored.Updated,
        Unchanged = Unchanged + stored.Unchanged,
        Rejected = Rejected + rejects.Count,
        Rejects = Rejects.Count >= MostRejectsKept || rejects.Count == 0 ? Rejects : [.. Rejects.Concat(rejects).Take(MostRejectsKept)],
    };
}
