using System.Numerics.Tensors;

namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>
/// Local adaptation of the balance: a unit that fires more than its target strengthens its inhibitory inputs, one that fires less
/// weakens them, each in proportion to the presynaptic rate (arXiv:2504.12480; the form is close to that of Vogels and others, 2011).
/// </summary>
public static class InhibitoryHomeostasis
{
    // Windows after which the rate of adaptation is halved.
    private const double Settling = 10;

    // #region adapt
    /// <summary>
    /// ΔA_ij = −η_w (⟨r_i⟩ − ρ_i) ⟨r_j⟩ / Σ_j ⟨r_j⟩² for inhibitory j after window w, kept from turning positive, with
    /// η_w = η/(1 + w/10). No target of any task is used.
    /// </summary>
    /// <param name="reservoir">Its inhibitory weights change.</param>
    /// <param name="targets">ρ, (N), strictly between 0 and 1.</param>
    /// <param name="inputs">u, (T), repeated until the mean error is small enough.</param>
    /// <param name="rate">η, positive: the change of a unit's drive for an error of 1.</param>
    /// <param name="window">Steps over which rates are averaged, ⟨·⟩; the first window is washout.</param>
    /// <param name="windows">Windows after which adaptation ends in any case.</param>
    /// <param name="tolerance">The mean over units of |⟨r_i⟩ − ρ_i| at which it ends; units without any inhibition left don't count.</param>
    /// <remarks>
    /// Averages, rather than an update in every step, put the fixed point at ⟨r_i⟩ = ρ_i: ⟨(r_i − ρ_i) r_j⟩ = 0 would shift it by the
    /// covariance of the two rates. The sum in the denominator makes the speed independent of rates and in-degree, and a falling η averages
    /// out what a window's mean differs from the true one.
    /// </remarks>
    public static HomeostasisReport Adapt(
        EiReservoir reservoir, IReadOnlyList<double> targets, ReadOnlySpan<double> inputs, double rate = 2, int window = 100, int windows = 40,
        double tolerance = 0.003)
    {
        ArgumentNullException.ThrowIfNull(reservoir);
        TargetRates.Check(targets, reservoir.Units);
        ArgumentOutOfRangeException.ThrowIfZero(inputs.Length, nameof(inputs));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var (means, errors) = (new double[reservoir.Units], new List<double>());
        reservoir.Reset();
        for (var step = 0; step < (windows + 1) * window; step++)
        {
            reservoir.Step(inputs[step % inputs.Length]);
            TensorPrimitives.Add(means, reservoir.Rates, means);
            if ((step + 1) % window != 0)
                continue;
            if (step >= window)
            {
                TensorPrimitives.Divide(means, window, means);
                errors.Add(Error(reservoir, targets, means));
                if (errors[^1] < tolerance)
                    break;
                for (var unit = 0; unit < reservoir.Units; unit++)
                    Strengthen(reservoir, unit, -rate / (1 + (errors.Count - 1) / Settling) * (means[unit] - targets[unit]), means);
            }
            Array.Clear(means);
        }
        return new(errors, (errors.Count + 1) * window, Disinhibited(reservoir));
    }

    private static void Strengthen(EiReservoir reservoir, int unit, double change, double[] means)
    {
        var weights = reservoir.InhibitoryWeights(unit);
        var sources = reservoir.InhibitorySources(unit);
        var squares = 0.0;
        foreach (var source in sources)
            squares += means[source] * means[source];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = Math.Min(0, weights[i] + change * means[sources[i]] / squares);
    }
    // #endregion adapt

    /// <summary>Whether no inhibition of a unit is left to take away.</summary>
    public static bool IsDisinhibited(EiReservoir reservoir, int unit)
    {
        ArgumentNullException.ThrowIfNull(reservoir);
        return TensorPrimitives.Sum<double>(reservoir.InhibitoryWeights(unit)) > -1e-9;
    }

    private static int Disinhibited(EiReservoir reservoir)
    {
        var count = 0;
        for (var unit = 0; unit < reservoir.Units; unit++)
            count += IsDisinhibited(reservoir, unit) ? 1 : 0;
        return count;
    }

    private static double Error(EiReservoir reservoir, IReadOnlyList<double> targets, double[] means)
    {
        var (error, counted) = (0.0, 0);
        for (var unit = 0; unit < targets.Count; unit++)
        {
            if (IsDisinhibited(reservoir, unit))
                continue;
            error += Math.Abs(means[unit] - targets[unit]);
            counted++;
        }
        return counted > 0 ? error / counted : 0;
    }
}
