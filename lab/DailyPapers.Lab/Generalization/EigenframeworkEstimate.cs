namespace DailyPapers.Lab.Generalization;

/// <summary>What the eigenframework predicts for one sample size, number of features and ridge.</summary>
/// <param name="Kappa">Implicit ridge κ ≥ 0 of the sample.</param>
/// <param name="Gamma">Implicit ridge γ ≥ κ of sample and features together; modes with λ_i ≫ γ are learned.</param>
/// <param name="LearnedModes">z = Σ λ_i/(λ_i+γ), the number of modes learned in effect.</param>
/// <param name="SquaredLearnability">q = Σ (λ_i/(λ_i+γ))².</param>
/// <param name="Ridge">The ridge δ ≥ 0 that the estimate is for.</param>
/// <param name="TestError">Expected squared error on a fresh noisy sample; infinite at the interpolation threshold.</param>
/// <param name="TrainError">Expected mean squared error on the training sample.</param>
public sealed record EigenframeworkEstimate(
    double Kappa, double Gamma, double LearnedModes, double SquaredLearnability, double Ridge, double TestError, double TrainError)
{
    /// <summary>The fit ratio E_train/E_test = (δ/(nκ))², in [0, 1]; small when the model overfits.</summary>
    public required double FitRatio { get; init; }
}
