namespace DailyPapers.Sources.Jsonl;

/// <summary>How to import a file of JSON lines.</summary>
public sealed record JsonlImportOptions
{
    /// <summary>Where to write the lines that could not be imported, as JSON lines; nowhere unless set. No file is made when there are none.</summary>
    public string? RejectsPath { get; init; }

    /// <summary>The most bytes a line may have; 4 MB unless set. Longer lines are rejected without being loaded.</summary>
    public int MaxLineBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Records stored in one transaction; 1,000 unless set.</summary>
    public int BatchSize { get; init; } = 1_000;
}
