namespace DailyPapers.Lab.Architectures.Reservoir;

/// <summary>
/// Target rates without any run: each unit's inhibition is scaled so that, with all units at their targets, its own drive is that of
/// its target (the one-step alternative of arXiv:2504.12480).
/// </summary>
public static class OneStepBalance
{
    // #region apply
    /// <summary>Multiplies unit i's inhibitory weights by (Σ_E A_ij ρ_j + w_i ū + b − S⁻¹(ρ_i)) / Σ_I |A_ij| ρ_j, at least 0.</summary>
    /// <param name="reservoir">Its inhibitory weights change.</param>
    /// <param name="targets">ρ, (N), strictly between 0 and 1.</param>
    /// <param name="meanInput">ū, the mean of the external input.</param>
    /// <returns>How many units would need less than no inhibition, and got none.</returns>
    /// <remarks>Exact for constant rates; with fluctuating ones the mean of S is not S of the mean, and targets are met to first order.</remarks>
    public static int Apply(EiReservoir reservoir, IReadOnlyList<double> targets, double meanInput)
    {
        ArgumentNullException.ThrowIfNull(reservoir);
        TargetRates.Check(targets, reservoir.Units);
        var disinhibited = 0;
        for (var unit = 0; unit < reservoir.Units; unit++)
        {
            double excitation = 0, inhibition = 0;
            var weights = reservoir.Weights(unit);
            for (var input = 0; input < weights.Length; input++)
            {
                var part = weights[input] * targets[reservoir.Source(unit, input)];
                excitation += input < reservoir.ExcitatoryInputs ? part : 0;
                inhibition -= input < reservoir.ExcitatoryInputs ? 0 : part;
            }
            var surplus = excitation + reservoir.InputWeight(unit) * meanInput + reservoir.Options.Bias
                - EiReservoir.InverseActivation(targets[unit], reservoir.Options.Slope);
            var factor = inhibition > 0 ? Math.Max(0, surplus / inhibition) : 0;
            foreach (ref var weight in reservoir.InhibitoryWeights(unit))
                weight *= factor;
            disinhibited += surplus < 0 ? 1 : 0;
        }
        return disinhibited;
    }
    // #endregion apply
}
