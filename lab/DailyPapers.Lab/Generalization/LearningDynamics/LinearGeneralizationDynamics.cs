namespace DailyPapers.Lab.Generalization.LearningDynamics;

/// <summary>
/// Exact learning curves of a linear student under gradient flow, τ dw/dt = Σ_μ (y_μ − w·x_μ) x_μ, in the limit of many inputs N
/// and samples P = αN (Advani and Saxe, arXiv:1710.03667, section 2).
/// </summary>
/// <remarks>
/// Inputs have independent entries of variance 1/N, teacher weights variance σ_w² = 1, labels noise σ_ε² = 1/SNR, initial weights
/// σ_0² = INR. Errors are mean squared errors in units of σ_w²; times are in units of τ, which is 1 over the learning rate.
/// </remarks>
public sealed class LinearGeneralizationDynamics
{
    private readonly MarchenkoPastur _spectrum;

    /// <summary>The curves of one setting.</summary>
    /// <param name="alpha">α = P/N, positive.</param>
    /// <param name="signalToNoise">SNR = σ_w²/σ_ε², positive; infinite without noise.</param>
    /// <param name="initialToSignal">INR = σ_0²/σ_w², at least 0.</param>
    public LinearGeneralizationDynamics(double alpha, double signalToNoise, double initialToSignal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(signalToNoise);
        ArgumentOutOfRangeException.ThrowIfNegative(initialToSignal);
        _spectrum = new(alpha);
        (Alpha, Noise, InitialVariance) = (alpha, 1 / signalToNoise, initialToSignal);
    }

    /// <summary>α = P/N.</summary>
    public double Alpha { get; }

    /// <summary>σ_ε²/σ_w² = 1/SNR.</summary>
    public double Noise { get; }

    /// <summary>σ_0²/σ_w² = INR.</summary>
    public double InitialVariance { get; }

    // #region test-error
    /// <summary>E_g(t) = ∫ρ(λ) [(1 + INR) e^(−2λt) + (1 − e^(−λt))²/(λ SNR)] dλ + 1/SNR, zero eigenvalues included.</summary>
    /// <param name="time">t/τ, at least 0.</param>
    public double TestError(double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        var frozen = _spectrum.MassAtZero * (1 + InitialVariance);
        return Noise + frozen + _spectrum.ContinuousMean(eigenvalue =>
        {
            var (left, learned) = (Math.Exp(-eigenvalue * time), -ExpMinusOne(-eigenvalue * time));
            return (1 + InitialVariance) * left * left + Noise * learned * learned / eigenvalue;
        });
    }
    // #endregion test-error

    /// <summary>
    /// E_t(t) = (1/α) ∫ρ(λ) e^(−2λt) [λ (1 + INR) + 1/SNR] dλ + max(0, 1 − 1/α)/SNR, the mean over the training samples.
    /// </summary>
    /// <param name="time">t/τ, at least 0.</param>
    public double TrainError(double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        return Math.Max(0, 1 - 1 / Alpha) * Noise
            + _spectrum.ContinuousMean(eigenvalue => Math.Exp(-2 * eigenvalue * time) * (eigenvalue * (1 + InitialVariance) + Noise)) / Alpha;
    }

    /// <summary>The test error as t grows without bound; infinite at α = 1 with noise.</summary>
    public double FinalTestError => Alpha == 1 && Noise > 0
        ? double.PositiveInfinity
        // ∫ρ/λ over the continuous part is min(1, α)/|1 − α|.
        : Noise + _spectrum.MassAtZero * (1 + InitialVariance) + (Noise > 0 ? Noise * Math.Min(1, Alpha) / Math.Abs(1 - Alpha) : 0);

    /// <summary>The test error of ridge regression Σ(y − w·x)² + γ|w|² at the best γ = 1/SNR, the Bayes-optimal estimate.</summary>
    public double OptimalRidgeError =>
        Noise + _spectrum.MassAtZero + Noise * _spectrum.ContinuousMean(eigenvalue => 1 / (eigenvalue + Noise));

    // #region stopping
    /// <summary>The time at which the test error is least, where dE_g/dt = 0.</summary>
    /// <param name="longest">The latest time considered; returned when the error still falls there.</param>
    public double OptimalStoppingTime(double longest = 1e4)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longest);
        // Coarsely, then by golden sections between the neighbours of the least, in the logarithm of time.
        const int coarse = 60;
        var (first, last) = (Math.Log(Math.Min(1e-3, longest / 2)), Math.Log(longest));
        var least = Enumerable.Range(0, coarse + 1).MinBy(i => At(first + (last - first) * i / coarse));
        var (low, high) = (first + (last - first) * Math.Max(0, least - 1) / coarse, first + (last - first) * Math.Min(coarse, least + 1) / coarse);
        var ratio = (Math.Sqrt(5) - 1) / 2;
        for (var i = 0; i < 40; i++)
        {
            var (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
            (low, high) = At(a) < At(b) ? (low, b) : (a, high);
        }
        return Math.Exp((low + high) / 2);

        double At(double logarithm) => TestError(Math.Exp(logarithm));
    }
    // #endregion stopping

    // e^x − 1 without the loss of digits for small x that spoils (1 − e^(−λt))²/λ.
    private static double ExpMinusOne(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 : Math.Exp(x) - 1;
}
