namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>A checkpoint file: the record, and what it depends on.</summary>
internal sealed record SeedCheckpoint(string Fingerprint, SeedRecord Record);
