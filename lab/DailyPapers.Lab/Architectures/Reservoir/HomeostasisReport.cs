namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>What <see cref="InhibitoryHomeostasis"/> reached.</summary>
/// <param name="Errors">Mean of |mean rate − target| over units, by window, in the order of adaptation.</param>
/// <param name="Steps">Steps of adaptation.</param>
/// <param name="Disinhibited">Units whose inhibition fell to zero: they stay below their targets for want of excitation.</param>
public sealed record HomeostasisReport(IReadOnlyList<double> Errors, int Steps, int Disinhibited);
