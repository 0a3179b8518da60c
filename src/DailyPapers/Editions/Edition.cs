namespace DailyPapers.Editions;

/// <summary>The papers of one day, in the order the curator chose.</summary>
public sealed class Edition
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>The day; one edition a day.</summary>
    public required DateOnly Date { get; set; }

    /// <summary>When the edition became visible.</summary>
    public required DateTimeOffset PublishedAt { get; set; }

    /// <summary>The entries by <see cref="EditionEntry.Position"/>.</summary>
    public List<EditionEntry> Entries { get; set; } = [];
}
