namespace DailyPapers.Storage;

/// <summary>A state of the content.</summary>
/// <param name="Lineage">The database's history.</param>
/// <param name="Number">The last change in it.</param>
public readonly record struct ContentVersion(string Lineage, long Number);
