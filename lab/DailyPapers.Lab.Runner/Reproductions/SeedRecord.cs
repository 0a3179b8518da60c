namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>What one seed left behind: the content of a checkpoint.</summary>
public sealed record SeedRecord
{
    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Wall-clock seconds it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of processor time it took, of all threads together.</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>Scalars by name.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Curves and other arrays by name, for the figures.</summary>
    public required IReadOnlyDictionary<string, double[]> Series { get; init; }
}
