using DailyPapers.Lab.Architectures.Reservoir;
using DailyPapers.Lab.Data.Sequences;

namespace DailyPapers.Lab.Runner.Papers.AdaptiveReservoir;

/// <summary>An input series and what is to be read off the reservoir that it drives.</summary>
internal sealed class TaskSeries
{
    internal const int Washout = 200;
    internal const int Train = 2000;
    internal const int Validation = 500;
    internal const int Test = 1500;
    internal const int Delays = 100;

    private const int Length = Washout + Train + Validation + Test;

    // In samples; long enough that the present value is a bad guess.
    private const int MackeyGlassHorizon = 84;
    private const int LorenzHorizon = 25;
    private const double LorenzInterval = 0.02;

    private TaskSeries(int[] tasks, double[] inputs, double[] targets, int outputs) => (Tasks, Inputs, Targets, Outputs) = (tasks, inputs, targets, outputs);

    /// <summary>What is measured: 0 memory, 1 NARMA-10, 2 Mackey-Glass, 3 Lorenz.</summary>
    internal static readonly string[] Names = ["memory", "narma", "mackey-glass", "lorenz"];

    internal int[] Tasks { get; }

    internal double[] Inputs { get; }

    internal ReadOnlySpan<double> TrainingInputs => Inputs.AsSpan(0, Washout + Train);

    /// <summary>Targets by step after the washout, (Length − Washout, outputs); delayed inputs first where memory is measured.</summary>
    internal double[] Targets { get; }

    internal int Outputs { get; }

    /// <summary>One white series for memory and NARMA-10, which differ in what is read off only, and two chaotic ones.</summary>
    internal static TaskSeries[] Draw(Seed seed) => [White(seed), Chaotic(2, MackeyGlass.Generate(Length + MackeyGlassHorizon, seed), MackeyGlassHorizon),
        Chaotic(3, Lorenz63.Generate(Length + LorenzHorizon, LorenzInterval, seed).X, LorenzHorizon)];

    internal static TaskSeries White(Seed seed)
    {
        var (inputs, outputs) = Narma10.Generate(Length + 1, seed);
        double[] centred = [.. inputs.Take(Length).Select(input => 4 * input - 1)];
        var memory = MemoryCapacity.Targets(centred, Delays, Washout);
        var targets = new double[(Length - Washout) * (Delays + 1)];
        for (var t = 0; t < Length - Washout; t++)
        {
            memory.AsSpan(t * Delays, Delays).CopyTo(targets.AsSpan(t * (Delays + 1)));
            targets[t * (Delays + 1) + Delays] = outputs[Washout + t + 1];
        }
        return new([0, 1], centred, targets, Delays + 1);
    }

    private static TaskSeries Chaotic(int task, double[] values, int horizon)
    {
        var training = values[..(Washout + Train)];
        var mean = training.Average();
        var deviation = Math.Sqrt(training.Average(value => (value - mean) * (value - mean)));
        double[] standard = [.. values.Select(value => (value - mean) / deviation)];
        return new([task], standard[..Length], standard[(Washout + horizon)..], 1);
    }
}
