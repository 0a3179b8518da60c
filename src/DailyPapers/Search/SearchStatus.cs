using DailyPapers.Storage;

namespace DailyPapers.Search;

/// <summary>Where the search index of this machine stands.</summary>
/// <param name="Documents">Papers that can be found.</param>
/// <param name="Indexed">The state of the content that the index reflects; an empty lineage when there is no index yet.</param>
/// <param name="IsUpToDate">True when the index reflects everything in the database.</param>
/// <param name="Building">The progress while many papers are being read, else null.</param>
/// <param name="IsWrittenHere">True when this process keeps the index current; false when another process does, or none.</param>
public sealed record SearchStatus(int Documents, ContentVersion Indexed, bool IsUpToDate, IndexBuild? Building, bool IsWrittenHere)
{
    /// <summary>Where the papers' vectors stand; null when the settings want none.</summary>
    public Semantic.SemanticStatus? Meaning { get; init; }
}
