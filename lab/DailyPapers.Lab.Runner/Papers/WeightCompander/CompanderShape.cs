namespace DailyPapers.Lab.Runner.Papers.WeightCompander;

/// <summary>A compander relative to a layer's initial weights.</summary>
/// <param name="Kappa">κ: a is κ times the initial standard deviation.</param>
/// <param name="Slope">The slope at zero, a / b.</param>
/// <param name="Learnable">Whether a and b are trained from there, layer by layer.</param>
internal sealed record CompanderShape(double Kappa, double Slope, bool Learnable = false);
