using DailyPapers.Lab.Generalization.MatrixRecovery;

namespace DailyPapers.Lab.Runner.Papers.SubgradientMatrixRecovery;

/// <summary>One truth, its measurements, and descents on them.</summary>
internal sealed class Recovery
{
    private readonly MatrixSensing _sensing;
    private readonly double[] _truth;
    private readonly double[] _clean;

    /// <summary>How descent runs: α and the geometric steps η₀ρᵗ.</summary>
    internal sealed record Schedule(double Start, double Step, double Ratio, int Steps);

    internal Recovery(int dimension, int rank, double condition, int measurements, Seed seed)
    {
        _truth = LowRankMatrix.Random(dimension, rank, condition, seed.Stream("truth"));
        _sensing = MatrixSensing.Gaussian(measurements, dimension, seed.Stream("measurements"));
        _clean = _sensing.Observe(_truth);
    }

    internal double[] WithOutliers(double share, double magnitude, Seed seed) =>
        MeasurementNoise.Outliers(_clean, share, magnitude, seed.Stream($"outliers {share} {magnitude}"));

    internal double[] WithNoise(double deviation, Seed seed) => MeasurementNoise.Gaussian(_clean, deviation, seed.Stream("noise"));

    // #region subgradient-method
    /// <summary>The relative error after every step of the subgradient method, beginning with that of the start.</summary>
    internal double[] Subgradient(double[] values, int width, Schedule schedule, CancellationToken cancellation) =>
        Descend(values, width, schedule, RecoveryLoss.Absolute, (descent, step) => descent.NormalizedStep(step), cancellation);
    // #endregion subgradient-method

    /// <summary>
    /// The least relative error that gradient descent on the squared loss passes through, of both the same steps and constant ones of the
    /// given schedule's first length over the slope's size at the start: an oracle chooses the schedule and when to stop.
    /// </summary>
    internal double BestSquared(double[] values, int width, Schedule schedule, CancellationToken cancellation)
    {
        var slope = new double[_truth.Length];
        _sensing.SquaredSlope(new double[_truth.Length], values, slope);
        var constant = schedule.Step / LowRankMatrix.LeadingNorm(slope, _sensing.Dimension, 1);
        return Math.Min(
            Descend(values, width, schedule, RecoveryLoss.Squared, (descent, step) => descent.NormalizedStep(step), cancellation).Min(),
            Descend(values, width, schedule, RecoveryLoss.Squared, (descent, _) => descent.Step(constant), cancellation).Min());
    }

    private double[] Descend(
        double[] values, int width, Schedule schedule, RecoveryLoss loss, Action<FactorDescent, double> move, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var descent = new FactorDescent(_sensing, values, SpectralInitialization.FromSigns(_sensing, values, width, schedule.Start), loss);
        var errors = new double[schedule.Steps + 1];
        errors[0] = descent.RelativeError(_truth);
        var step = schedule.Step;
        for (var k = 1; k < errors.Length; k++, step *= schedule.Ratio)
        {
            move(descent, step);
            errors[k] = descent.RelativeError(_truth);
        }
        return errors;
    }
}
