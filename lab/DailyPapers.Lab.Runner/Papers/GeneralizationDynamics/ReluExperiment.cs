using DailyPapers.Lab.Generalization.LearningDynamics;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.GeneralizationDynamics;

/// <summary>Nonlinear students of many widths on samples of a noisy ReLU teacher, trained without early stopping.</summary>
internal sealed class ReluExperiment : IDisposable
{
    internal const int Inputs = 20;
    internal const int Samples = 200;

    /// <summary>Hidden units; 10 have as many first-layer weights as there are samples.</summary>
    internal static readonly int[] Widths = [2, 4, 6, 8, 10, 12, 16, 20, 40, 80];

    internal const int Balanced = Samples / Inputs;

    private const int TeacherWidth = 5;
    private const int TestSamples = 2000;
    private const double FirstRate = 0.01, LastRate = 0.001;

    private readonly Tensor _inputs, _targets, _testInputs, _testTargets; // (M, n, N) and (M, n, 1)
    private readonly int _members;

    /// <summary>Draws teachers, samples and noise, anew for each member.</summary>
    internal ReluExperiment(int members, double signalToNoise, Seed seed)
    {
        _members = members;
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        using var teachers = new ReluStudents(members, Inputs, TeacherWidth, 1, seed.Stream("teacher"));
        _inputs = randn([members, Samples, Inputs], generator: generator).DetachFromDisposeScope();
        _testInputs = randn([members, TestSamples, Inputs], generator: generator).DetachFromDisposeScope();
        var clean = teachers.Predict(_testInputs);
        // Each teacher's values have variance 1, so that the noise and all errors are in units of it.
        var (mean, deviation) = (clean.mean([1L], keepdim: true), clean.std(1, keepdim: true));
        _testTargets = ((clean - mean) / deviation).DetachFromDisposeScope();
        using TorchSharp.Scalar noise = Math.Sqrt(1 / signalToNoise);
        _targets = ((teachers.Predict(_inputs) - mean) / deviation).add_(randn([members, Samples, 1], generator: generator).mul_(noise)).DetachFromDisposeScope();
    }

    /// <summary>Test error on clean labels, least over training and at its end, and train error at the end: means over members.</summary>
    internal sealed record Outcome(double Final, double Least, double Train);

    internal Outcome Train(int width, double scale, int steps, Seed seed, Action<double> progress)
    {
        using var students = new ReluStudents(_members, Inputs, width, scale, seed);
        var least = double.PositiveInfinity;
        var every = Math.Max(1, steps / 50);
        for (var step = 0; step < steps; step++)
        {
            students.Step(_inputs, _targets, FirstRate * Math.Pow(LastRate / FirstRate, (double)step / steps));
            if (step % every != 0)
                continue;
            progress((double)step / steps);
            least = Math.Min(least, students.Errors(_testInputs, _testTargets).Average());
        }
        var final = students.Errors(_testInputs, _testTargets).Average();
        return new(final, Math.Min(least, final), students.Errors(_inputs, _targets).Average());
    }

    public void Dispose()
    {
        foreach (var one in new[] { _inputs, _targets, _testInputs, _testTargets })
            one.Dispose();
    }
}
