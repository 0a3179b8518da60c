using DailyPapers.Lab.Architectures.Reservoir;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.AdaptiveReservoir;

/// <summary>How good a reservoir is at one task, on validation data, by which settings are chosen, and on test data, which is reported.</summary>
/// <remarks>Larger is better: the memory capacity, or 1/NRMSE.</remarks>
internal readonly record struct Score(double Validation, double Test)
{
    /// <summary>Fits one readout and scores all of the series' tasks.</summary>
    internal static Score[] Measure(EiReservoir reservoir, TaskSeries series, double ridge)
    {
        using var scope = NewDisposeScope();
        var states = reservoir.Run(series.Inputs, TaskSeries.Washout);
        var rows = tensor(states, [states.Length / reservoir.Units, reservoir.Units], float64);
        using var readout = RidgeReadout.Fit(rows.narrow(0, 0, TaskSeries.Train), series.Targets.narrow(0, 0, TaskSeries.Train), ridge);
        var validation = Part(TaskSeries.Train, TaskSeries.Validation);
        var test = Part(TaskSeries.Train + TaskSeries.Validation, TaskSeries.Test);
        return [.. validation.Zip(test, (a, b) => new Score(a, b))];

        double[] Part(int first, int count)
        {
            var (predictions, targets) = (readout.Predict(rows.narrow(0, first, count)), series.Targets.narrow(0, first, count));
            var memory = series.Tasks.Contains(0) ? TaskSeries.Delays : 0;
            double[] errors = RidgeReadout.NormalizedErrors(predictions.narrow(1, memory, 1), targets.narrow(1, memory, 1));
            return memory > 0 ? [MemoryCapacity.Compute(predictions.narrow(1, 0, memory), targets.narrow(1, 0, memory)), 1 / errors[0]] : [1 / errors[0]];
        }
    }
}
