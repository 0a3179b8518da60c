using DailyPapers.Lab.Generalization.LearningDynamics;

namespace DailyPapers.Lab.Runner.Papers.GeneralizationDynamics;

/// <summary>Linear students: learning curves against theory, the end of training by α, stopping, and initial weights.</summary>
internal static class LinearExperiments
{
    internal static readonly double[] Alphas = [0.5, 1, 2];
    internal static readonly double[] SweptAlphas = [0.25, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5, 2, 3, 4];
    internal static readonly double[] Initial = [0, 0.25, 0.5, 1, 2, 4];

    /// <summary>In units of τ.</summary>
    internal static readonly double[] Times = [.. Enumerable.Range(0, 31).Select(i => Math.Pow(10, -1 + 0.1 * i))];

    internal const double Late = 1e4;

    /// <summary>What the curves of one α gave; errors by time, means over draws.</summary>
    internal sealed record Curves(
        double[] Test, double[] Train, double[] Theory, double[] TrainTheory, double Deviation, double DeviationOfMeanField, double StoppingExcess, double RidgeExcess,
        double LateExcess);

    internal static Curves Run(double alpha, int inputs, int draws, double signalToNoise, double initialToSignal, Seed seed, Action progress)
    {
        var theory = new LinearGeneralizationDynamics(alpha, signalToNoise, initialToSignal);
        var small = new LinearGeneralizationDynamics(alpha, signalToNoise, 0);
        var (stop, ridge) = (small.OptimalStoppingTime(), 1 / signalToNoise);
        double[] finely = [.. Enumerable.Range(0, 241).Select(i => stop * Math.Pow(10, -2 + i / 60.0))];
        var (test, train, oracle) = (new double[Times.Length], new double[Times.Length], new double[finely.Length]);
        double stopped = 0, ridged = 0, late = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            progress();
            var student = LinearTeacherStudent.Draw(inputs, (int)Math.Round(alpha * inputs), signalToNoise, initialToSignal, seed.Stream($"curves {draw}"));
            Add(test, Times, student.TestError);
            Add(train, Times, student.TrainError);
            // The same data and teacher from weights of 0, where ridge regression starts too.
            var fromZero = initialToSignal == 0 ? student : LinearTeacherStudent.Draw(inputs, (int)Math.Round(alpha * inputs), signalToNoise, 0, seed.Stream($"curves {draw}"));
            Add(oracle, finely, fromZero.TestError);
            stopped += fromZero.TestError(stop) / draws;
            ridged += fromZero.RidgeTestError(ridge) / draws;
            late += fromZero.TestError(Late) / draws;
        }
        double[] predicted = [.. Times.Select(theory.TestError)];
        return new(
            test, train, predicted, [.. Times.Select(theory.TrainError)], Deviation(test, predicted), Deviation(test, [.. Times.Select(MeanField)]),
            stopped / oracle.Min() - 1, stopped / ridged - 1, late / oracle.Min() - 1);

        void Add(double[] sums, double[] times, Func<double, double> error)
        {
            for (var i = 0; i < times.Length; i++)
                sums[i] += error(times[i]) / draws;
        }

        // What one would expect if all directions had as much data as the mean one: the eigenvalue α.
        double MeanField(double time)
        {
            var left = Math.Exp(-alpha * time);
            return 1 / signalToNoise + (1 + initialToSignal) * left * left + (1 - left) * (1 - left) / (alpha * signalToNoise);
        }
    }

    /// <summary>Mean over times of |measured/predicted − 1|.</summary>
    private static double Deviation(double[] measured, double[] predicted) => measured.Zip(predicted, (a, b) => Math.Abs(a / b - 1)).Average();

    /// <summary>Late-time test error and that at the predicted stopping time by α, means over draws.</summary>
    internal static (double[] Late, double[] Stopped) Sweep(int inputs, int draws, double signalToNoise, Seed seed, Action progress)
    {
        var (late, stopped) = (new double[SweptAlphas.Length], new double[SweptAlphas.Length]);
        for (var i = 0; i < SweptAlphas.Length; i++)
        {
            var stop = new LinearGeneralizationDynamics(SweptAlphas[i], signalToNoise, 0).OptimalStoppingTime();
            for (var draw = 0; draw < draws; draw++)
            {
                progress();
                var student = LinearTeacherStudent.Draw(
                    inputs, (int)Math.Round(SweptAlphas[i] * inputs), signalToNoise, 0, seed.Stream(FormattableString.Invariant($"sweep {SweptAlphas[i]} {draw}")));
                late[i] += student.TestError(Late) / draws;
                stopped[i] += student.TestError(stop) / draws;
            }
        }
        return (late, stopped);
    }

    /// <summary>Late-time test error at α = 1/2 by the variance of the initial weights.</summary>
    internal static double[] InitialWeights(int inputs, int draws, double signalToNoise, Seed seed, Action progress)
    {
        var errors = new double[Initial.Length];
        for (var i = 0; i < Initial.Length; i++)
        {
            for (var draw = 0; draw < draws; draw++)
            {
                progress();
                errors[i] += LinearTeacherStudent.Draw(
                    inputs, inputs / 2, signalToNoise, Initial[i], seed.Stream(FormattableString.Invariant($"initial {Initial[i]} {draw}"))).TestError(Late) / draws;
            }
        }
        return errors;
    }

    /// <summary>Least-squares line: slope, and the share of variance that it explains.</summary>
    internal static (double Slope, double Explained) Line(double[] xs, double[] ys)
    {
        var (x, y) = (xs.Average(), ys.Average());
        var slope = xs.Zip(ys, (a, b) => (a - x) * (b - y)).Sum() / xs.Sum(a => (a - x) * (a - x));
        return (slope, 1 - xs.Zip(ys, (a, b) => Math.Pow(b - y - slope * (a - x), 2)).Sum() / ys.Sum(b => (b - y) * (b - y)));
    }
}
