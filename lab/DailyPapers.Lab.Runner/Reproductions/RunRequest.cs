using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>What to run: the mode, the caller's overrides, and where results go.</summary>
/// <param name="Mode">Which budget.</param>
/// <param name="Overrides">Parameters set by the caller, unparsed.</param>
/// <param name="SeedCount">How many seeds, or null for the budget's number.</param>
/// <param name="OutputFolder">Where <c>result.json</c>, figures and checkpoints go; created when absent.</param>
/// <param name="KeepCheckpoints">Whether finished seeds stay after the end, for a caller whose own work is not done yet.</param>
public sealed record RunRequest(
    RunMode Mode, IReadOnlyDictionary<string, string> Overrides, int? SeedCount, string OutputFolder, bool KeepCheckpoints = false);
