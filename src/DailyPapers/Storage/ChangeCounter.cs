namespace DailyPapers.Storage;

/// <summary>
/// The single row that numbers every visible change. It is raised inside the transaction that makes the change, which
/// orders writers, so whoever has read up to a number has missed nothing below it.
/// </summary>
public sealed class ChangeCounter
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; } = 1;

    /// <summary>The last number given out.</summary>
    public long Value { get; set; }

    /// <summary>Names this database's history; a restored backup starts a new one, so that derived data is rebuilt.</summary>
    public required string Lineage { get; set; }
}
