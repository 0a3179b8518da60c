namespace DailyPapers.Lab.Contract;

/// <summary>How long one seed took.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record SeedTiming(int Seed, double Seconds);
