namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>σ_α = α o₁ + (1 − α) o₂: two activations, interpolated by the hyperparameter α (arXiv:2501.13734, section on activations).</summary>
/// <param name="First">o₁, at α = 1.</param>
/// <param name="Second">o₂, at α = 0.</param>
public sealed record InterpolatedActivation(Func<double, double> First, Func<double, double> Second)
{
    /// <summary>ReLU at α = 1 and the square at α = 0.</summary>
    public static InterpolatedActivation ReluSquare { get; } = new(z => Math.Max(0, z), z => z * z);

    /// <summary>σ_α(z).</summary>
    public double Evaluate(double alpha, double z) => alpha * First(z) + (1 - alpha) * Second(z);
}
