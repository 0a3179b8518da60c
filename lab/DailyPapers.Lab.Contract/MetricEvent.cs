namespace DailyPapers.Lab.Contract;

/// <summary>A seed measured something.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Value">The raw value.</param>
public sealed record MetricEvent(int Seed, string Metric, double Value) : RunEvent;
