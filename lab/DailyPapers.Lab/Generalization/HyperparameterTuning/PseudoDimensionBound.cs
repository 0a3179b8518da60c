namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>
/// Upper bounds on the pseudo-dimension of the utilities {u_α} of one hyperparameter α, from how often the dual function of one
/// task, α ↦ u_α(task), can change (arXiv:2501.13734, sections 3 to 5).
/// </summary>
public static class PseudoDimensionBound
{
    // #region oscillations
    /// <summary>
    /// The largest m with 2^m ≤ m N + 1, for duals of at most N oscillations: against m thresholds, m duals change at most m N
    /// times while α moves, so at most m N + 1 sign patterns occur, and shattering needs all 2^m. This is O(log N).
    /// </summary>
    /// <param name="oscillations">N ≥ 0, below 2^53.</param>
    public static int FromOscillations(double oscillations)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oscillations);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(oscillations, 1L << 53);
        var m = 0;
        // 2^m - 1 grows faster than m N once it has passed it, so the first failure ends the search.
        while (Math.Pow(2, m + 1) <= (m + 1) * oscillations + 1)
            m++;
        return m;
    }
    // #endregion oscillations

    /// <summary>
    /// For utilities u_α = max_w f(α, w) with f constant on each of N connected sets of (α, w): each set covers an interval of α,
    /// and the maximum changes only at the ends of those, so N sets give at most 2 N jumps (theorem of section 4).
    /// </summary>
    /// <param name="pieces">N ≥ 1.</param>
    public static int PiecewiseConstant(double pieces)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        return FromOscillations(2 * pieces);
    }

    /// <summary>
    /// log₂ N + d log₂(Δ M), the order of the bound of section 5 when f is a polynomial on each piece. The theorem has an
    /// unspecified universal factor and needs pieces in general position, so this number is a scale and not a bound.
    /// </summary>
    /// <param name="pieces">N ≥ 1, the pieces of the domain of (α, w).</param>
    /// <param name="boundaries">M ≥ 1, the polynomials that bound them.</param>
    /// <param name="degree">Δ ≥ 1, the largest degree of boundaries and pieces.</param>
    /// <param name="weights">d ≥ 1, the dimension of w.</param>
    public static double PiecewisePolynomial(double pieces, double boundaries, int degree, int weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(boundaries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(weights, 1);
        return Math.Log2(pieces) + weights * Math.Log2(degree * boundaries);
    }
}
