namespace DailyPapers.Lab.Contract;

/// <summary>The value one seed gave a metric.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Value">The raw value; NaN when the seed gave none.</param>
public sealed record SeedValue(int Seed, double Value);
