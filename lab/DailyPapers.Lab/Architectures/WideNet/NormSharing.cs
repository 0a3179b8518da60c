namespace DailyPapers.Lab.Architectures.WideNet;

/// <summary>Whether the depths of a shared transformer have layer norms of their own.</summary>
public enum NormSharing
{
    /// <summary>Two norms a depth, as in WideNet.</summary>
    Individual,

    /// <summary>Two norms for all depths, as in ALBERT.</summary>
    Shared,
}
