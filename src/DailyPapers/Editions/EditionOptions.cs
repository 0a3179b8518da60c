namespace DailyPapers.Editions;

/// <summary>When and how editions appear; section <c>Editions</c> of the settings.</summary>
public sealed class EditionOptions
{
    /// <summary>The time of day, in the site's time zone, at which a scheduled edition appears.</summary>
    public TimeOnly PublishAt { get; set; } = new(7, 0);

    /// <summary>Whether what is picked and the best candidates become the edition at that time when no curator scheduled one.</summary>
    public bool Automatic { get; set; }

    /// <summary>Papers that an automatic edition is filled up to.</summary>
    public int AutomaticSize { get; set; } = 12;

    /// <summary>With fewer papers than this there is no automatic edition.</summary>
    public int AutomaticLeast { get; set; } = 3;

    /// <summary>How much an automatic edition prefers papers unlike those it has over papers with the higher score, 0 to 1.</summary>
    public double Diversity { get; set; } = 0.3;

    /// <summary>For how many days after its publication a paper is a candidate; what readers submit is one until a curator decides.</summary>
    public int CandidateDays { get; set; } = 14;
}
