namespace DailyPapers.Lab.Contract;

/// <summary>What one mode of a reproduction may cost, and how its setting differs from the defaults.</summary>
public sealed record RunBudget
{
    /// <summary>Wall-clock limit on two cores, in seconds. A run that passes it fails.</summary>
    public required int TimeLimitSeconds { get; init; }

    /// <summary>How many of the declared seeds run, from the first on.</summary>
    public required int SeedCount { get; init; }

    /// <summary>Parameters that differ from their defaults in this mode.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = new Dictionary<string, ParameterValue>();
}
