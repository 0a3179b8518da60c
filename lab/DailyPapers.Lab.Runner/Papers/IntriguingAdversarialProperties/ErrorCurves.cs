using DailyPapers.Lab.Generalization.Adversarial;
using DailyPapers.Lab.Reporting;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.IntriguingAdversarialProperties;

/// <summary>Adversarial error by the size of the perturbation (claims 1 to 4).</summary>
internal static class ErrorCurves
{
    /// <summary>Points of a curve: eight a decade over a decade and a half.</summary>
    internal const int Points = 13;

    internal const int PointsPerDecade = 8;

    /// <summary>The error that a curve ends at, or half the error at ε = 1 where an attack does not get that far.</summary>
    internal const double Top = 0.2;

    internal const int Bins = 30;

    /// <summary>The largest logit difference shown, in units of the mean.</summary>
    internal const double WidestGap = 3;

    private const int Iterations = 4;

    internal static readonly string[] Attacks = ["fgsm", "least-likely", "pgd"];

    /// <summary>Share of images whose predicted class an attack changes, by ε.</summary>
    internal sealed record Curve(double[] Epsilons, double[] Errors)
    {
        /// <summary>The power law through the points; NaN where an error is 0.</summary>
        internal PowerLawFit Fit() => Errors.All(error => error > 0) ? PowerLawFit.Fit(Epsilons, Errors) : new(double.NaN, double.NaN, double.NaN);
    }

    /// <summary>What one network gave: a curve an attack, two predictions of the first, and the density of logit differences over their mean.</summary>
    internal sealed record Outcome(Curve[] Curves, double[] MeanField, double[] Local, double[] Density)
    {
        /// <summary>Mean relative deviation of a prediction from the measured errors over the lowest decade of ε.</summary>
        internal double Deviation(double[] predicted) =>
            predicted.Zip(Curves[0].Errors, (prediction, error) => Math.Abs(prediction / error - 1)).Take(PointsPerDecade + 1).Average();
    }

    // #region curves
    /// <summary>Attacks a network away from what it predicts itself, so that the error is 0 at ε = 0 whatever the labels are.</summary>
    internal static Outcome Measure(Network network, Tensor inputs, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var predicted = Networks.Predict(network, inputs);
        var sign = Networks.InChunks(inputs, predicted, (x, classes) => FastGradientSign.Direction(network.call, x, classes));
        var fast = Straight(sign);
        var curves = new[]
        {
            fast,
            Straight(Networks.InChunks(inputs, predicted, (x, _) => StepLeastLikely.Direction(network.call, x))),
            // Every third ε: an iterated attack costs a gradient a step.
            Along([.. fast.Epsilons.Where((_, i) => i % 3 == 0)], epsilon => Networks.InChunks(
                inputs, predicted, (x, classes) => ProjectedGradientDescent.Perturb(network.call, x, classes, epsilon, Iterations))),
        };

        var (gaps, slopes) = Gaps(network, inputs, predicted, sign);
        var (meanGap, meanSlope) = (gaps.Average(), slopes.Average());
        var density = new double[Bins];
        foreach (var gap in gaps.Where(gap => gap < WidestGap * meanGap))
            density[(int)(gap / meanGap / WidestGap * Bins)] += Bins / WidestGap / gaps.Length;
        return new(
            curves,
            [.. fast.Epsilons.Select(epsilon => gaps.Average(gap => gap < epsilon * meanSlope ? 1.0 : 0))],
            [.. fast.Epsilons.Select(epsilon => gaps.Zip(slopes, (gap, slope) => gap < epsilon * slope ? 1.0 : 0).Average())],
            density);

        double Error(Tensor perturbed) => Networks.ErrorRate(network, perturbed, predicted);

        Curve Straight(Tensor direction)
        {
            // The ε at which the error reaches the top, by bisection in the logarithm.
            double low = 1e-6, high = 1, top;
            using (NewDisposeScope())
                top = Math.Min(Top, Error(inputs + direction) / 2);
            while (high / low > 1.05)
            {
                cancellation.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var middle = Math.Sqrt(low * high);
                if (Error(inputs + direction * middle) < top)
                    low = middle;
                else
                    high = middle;
            }
            return Along([.. Enumerable.Range(1 - Points, Points).Select(i => high * Math.Pow(10, (double)i / PointsPerDecade))], epsilon => inputs + direction * epsilon);
        }

        Curve Along(double[] epsilons, Func<double, Tensor> perturb) => new(epsilons, [.. epsilons.Select(epsilon =>
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            return Error(perturb(epsilon));
        })]);
    }
    // #endregion curves

    // #region gaps
    /// <summary>Logit differences between the predicted class and the runner-up, and how fast each falls along the attack, per unit of ε.</summary>
    private static (double[] Gaps, double[] Slopes) Gaps(Network network, Tensor inputs, Tensor predicted, Tensor sign)
    {
        using var scope = NewDisposeScope();
        var gaps = Networks.InChunks(inputs, predicted, (x, classes) => LogitGap.Of(network.call(x), classes));
        var gradients = Networks.InChunks(inputs, predicted, (x, classes) => InputGradient.Of(moved => LogitGap.Of(network.call(moved), classes), x));
        return (Doubles(gaps), Doubles(-(gradients * sign).flatten(1).sum(1)));

        static double[] Doubles(Tensor values) => [.. values.data<float>().ToArray().Select(value => (double)value)];
    }
    // #endregion gaps
}
