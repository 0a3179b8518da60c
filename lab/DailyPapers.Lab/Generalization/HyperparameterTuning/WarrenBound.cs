namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>Warren's count of the pieces into which polynomials cut space, from which the pieces of a network's utility are counted.</summary>
public static class WarrenBound
{
    /// <summary>2 (2 e M Δ / d)^d, at least the number of connected components of R^d less the zeros of M polynomials of degree at most Δ.</summary>
    /// <param name="polynomials">M ≥ d.</param>
    /// <param name="degree">Δ ≥ 1.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is too small.</exception>
    public static double Components(int polynomials, int degree, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(polynomials, dimension);
        return 2 * Math.Pow(2 * Math.E * polynomials * degree / dimension, dimension);
    }
}
