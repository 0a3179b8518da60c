namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>
/// How many tasks suffice to tune a hyperparameter, from the pseudo-dimension of its utilities (arXiv:2501.13734, section 2).
/// The theorems leave a universal constant C open; it is taken as 1 unless given.
/// </summary>
public static class SampleComplexity
{
    /// <summary>C (H/ε)² (Pdim + ln(1/δ)): so many tasks make the best hyperparameter on them ε-optimal with probability 1 − δ.</summary>
    /// <param name="range">H, the utilities' range, positive.</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <param name="delta">δ, between 0 and 1.</param>
    /// <param name="pseudoDimension">Pdim ≥ 0.</param>
    /// <param name="constant">C, positive.</param>
    public static double Required(double range, double epsilon, double delta, double pseudoDimension, double constant = 1)
    {
        RequirePositive(range, nameof(range));
        RequirePositive(epsilon, nameof(epsilon));
        RequirePositive(constant, nameof(constant));
        return constant * range * range / (epsilon * epsilon) * Complexity(pseudoDimension, delta);
    }

    /// <summary>H √(C (Pdim + ln(1/δ)) / m): with probability 1 − δ no hyperparameter's mean utility on m tasks is further from its expectation.</summary>
    /// <param name="range">H, the utilities' range, positive.</param>
    /// <param name="tasks">m ≥ 1.</param>
    /// <param name="delta">δ, between 0 and 1.</param>
    /// <param name="pseudoDimension">Pdim ≥ 0.</param>
    /// <param name="constant">C, positive.</param>
    public static double UniformDeviation(double range, int tasks, double delta, double pseudoDimension, double constant = 1)
    {
        RequirePositive(range, nameof(range));
        RequirePositive(constant, nameof(constant));
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        return range * Math.Sqrt(constant * Complexity(pseudoDimension, delta) / tasks);
    }

    private static double Complexity(double pseudoDimension, double delta)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pseudoDimension);
        if (!(delta > 0 && delta < 1))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "The probability of failure must lie between 0 and 1.");
        return pseudoDimension + Math.Log(1 / delta);
    }

    private static void RequirePositive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, "A positive, finite number is needed.");
    }
}
