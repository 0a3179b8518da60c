using DailyPapers.Lab.Architectures.Reservoir;

namespace DailyPapers.Lab.Runner.Papers.AdaptiveReservoir;

/// <summary>How good a reservoir is at one task, on validation data, by which settings are chosen, and on test data, which is reported.</summary>
/// <remarks>Larger is better: the memory capacity, or 1/NRMSE.</remarks>
internal readonly record struct Score(double Validation, double Test)
{
    /// <summary>Fits one readout and scores all of the series' tasks.</summary>
    internal static Score[] Measure(EiReservoir reservoir, TaskSeries series, double ridge)
    {
        var (states, units, outputs) = (reservoir.Run(series.Inputs, TaskSeries.Washout), reservoir.Units, series.Outputs);
        var readout = RidgeReadout.Fit(
            states.AsSpan(0, TaskSeries.Train * units), series.Targets.AsSpan(0, TaskSeries.Train * outputs), TaskSeries.Train, ridge);
        var validation = Part(TaskSeries.Train, TaskSeries.Validation);
        var test = Part(TaskSeries.Train + TaskSeries.Validation, TaskSeries.Test);
        return [.. validation.Zip(test, (a, b) => new Score(a, b))];

        double[] Part(int first, int count)
        {
            var predictions = readout.Predict(states.AsSpan(first * units, count * units));
            var targets = series.Targets.AsSpan(first * outputs, count * outputs);
            var inverseError = 1 / RidgeReadout.NormalizedError(predictions, targets, outputs, outputs - 1);
            return outputs > 1 ? [MemoryCapacity.Compute(predictions, targets, outputs, TaskSeries.Delays), inverseError] : [inverseError];
        }
    }
}
