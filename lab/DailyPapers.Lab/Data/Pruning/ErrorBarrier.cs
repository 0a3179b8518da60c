namespace DailyPapers.Lab.Data.Pruning;

/// <summary>Linear mode connectivity of two networks (Frankle et al. 2020; arXiv:2107.07075, section 5).</summary>
public static class ErrorBarrier
{
    /// <summary>
    /// The largest error on the line between two networks less the mean of the errors at its ends: max over α of err(α) − (err(0) +
    /// err(1))/2. At least 0 when the ends are equally good.
    /// </summary>
    /// <param name="error">The error of the network with weights (1−α) w₁ + α w₂.</param>
    /// <param name="points">Equally spaced values of α from 0 to 1, at least 2.</param>
    public static double Measure(Func<double, double> error, int points = 21)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        var errors = Enumerable.Range(0, points).Select(i => error(i / (points - 1.0))).ToArray();
        return errors.Max() - (errors[0] + errors[^1]) / 2;
    }
}
