namespace DailyPapers.Lab.Runner.Papers.WeightCompander;

/// <summary>A way to train: step size and weight decay, and the compander if there is one.</summary>
/// <param name="StepSize">Peak step size of gradient descent with momentum.</param>
/// <param name="Decay">Weight decay, on what is trained.</param>
/// <param name="Shape">The compander; null for plain weights.</param>
internal sealed record Arm(double StepSize, double Decay, CompanderShape? Shape = null);
