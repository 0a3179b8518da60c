namespace DailyPapers.Digests;

/// <summary>How often a digest is sent.</summary>
public enum DigestFrequency
{
    /// <summary>Once for each daily edition.</summary>
    Daily,

    /// <summary>Once for each ISO week.</summary>
    Weekly,
}
