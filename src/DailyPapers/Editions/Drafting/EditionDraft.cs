namespace DailyPapers.Editions.Drafting;

/// <summary>What curators arrange for a day before readers see it.</summary>
public sealed class EditionDraft
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>The day; one draft a day.</summary>
    public required DateOnly Date { get; set; }

    /// <summary>How far it is.</summary>
    public DraftState State { get; set; }

    /// <summary>When it becomes the edition, while it is scheduled.</summary>
    public DateTimeOffset? ScheduledFor { get; set; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The papers by <see cref="DraftPick.Position"/>.</summary>
    public List<DraftPick> Picks { get; set; } = [];

    /// <summary>The papers that were picked and taken out again.</summary>
    public List<DroppedPaper> Dropped { get; set; } = [];
}
