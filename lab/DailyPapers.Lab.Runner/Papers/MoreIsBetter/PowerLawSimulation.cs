using DailyPapers.Lab.Generalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.MoreIsBetter;

/// <summary>
/// The paper's Section 5 in simulation (claim 3): kernel ridge regression on power-law tasks of Gaussian design, at every ridge
/// and several noise levels.
/// </summary>
/// <remarks>
/// The leading modes are drawn. The other 10^8, far below the implicit ridge, enter by their averages, which they concentrate on:
/// their trace on the kernel's diagonal, and their target power as label noise. Without them the spectrum would end, and a
/// positive ridge would only stand in for the missing tail.
/// </remarks>
internal static class PowerLawSimulation
{
    /// <summary>Decay of the eigenvalues.</summary>
    internal const double Alpha = 1.5;

    private const int DrawnModes = 4000;
    private const long AllModes = 100_000_000;

    /// <summary>Decays of the target.</summary>
    internal static readonly double[] Betas = [1.6, 2, 3];

    /// <summary>Noise variances, in units of the noiseless ridgeless test error.</summary>
    internal static readonly double[] RelativeNoise = [0, 0.05, 0.1, 0.3, 1, 3, 10, 30, 100];

    /// <summary>Ridges, in units of n times the ridgeless implicit ridge: 0, and 10^−4 to 10^4.</summary>
    internal static readonly double[] RelativeRidges = [0, .. Enumerable.Range(0, 97).Select(i => Math.Pow(10, -4 + i / 12.0))];

    /// <summary>
    /// The tasks for which interpolation is predicted to be optimal with room to spare: noise at most half the theorem's limit.
    /// </summary>
    internal static IEnumerable<(double Beta, double Noise)> Obligatory =>
        from beta in Betas
        from noise in RelativeNoise
        where noise <= new PowerLawSpectrum(Alpha, beta).ObligatoryOverfittingNoise / 2
        select (beta, noise);

    /// <summary>The easy noisy task: the smoothest target under the strongest noise.</summary>
    internal static (double Beta, double Noise) EasyNoisy => (Betas[^1], RelativeNoise[^1]);

    /// <summary>The eigenframework's task, its noise in absolute units.</summary>
    internal static RandomFeatureEigenframework Theory(double beta, double relativeNoise, int samples)
    {
        var spectrum = new PowerLawSpectrum(Alpha, beta).Modes(AllModes);
        var noiseless = new RandomFeatureEigenframework(spectrum, 0).Predict(samples, double.PositiveInfinity, 0).TestError;
        return new RandomFeatureEigenframework(spectrum, relativeNoise * noiseless);
    }

    /// <summary>Mean errors over draws, by β, noise and ridge.</summary>
    internal static Dictionary<(double Beta, double Noise), (double[] Test, double[] Train)> Run(
        int samples, int draws, Seed seed, CancellationToken cancellation)
    {
        var unit = samples * Theory(Betas[0], 0, samples).Predict(samples, double.PositiveInfinity, 0).Kappa;
        double[] ridges = [.. RelativeRidges.Select(ridge => ridge * unit)];
        var tasks = (from beta in Betas from noise in RelativeNoise select (beta, noise)).ToDictionary(
            task => task,
            task => (Task: new TruncatedTask(task.beta, Theory(task.beta, task.noise, samples).NoiseVariance), Test: new double[ridges.Length], Train: new double[ridges.Length]));
        for (var draw = 0; draw < draws; draw++)
        {
            using var scope = NewDisposeScope();
            using var generator = seed.Stream($"draw {draw}").ToGenerator();
            var modes = randn(samples, DrawnModes, dtype: float64, generator: generator);
            var noise = randn(samples, 1, dtype: float64, generator: generator);
            var eigenvalues = tensor(Drawn(i => Math.Pow(i, -Alpha)), dtype: float64);
            var tail = TruncatedTask.TailOf(Alpha);
            var kernel = (modes * eigenvalues).mm(modes.t()) + eye(samples, dtype: float64) * tail;
            using var decomposed = new KernelRidgePath(kernel, noise);
            foreach (var (task, test, train) in tasks.Values)
            {
                cancellation.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var target = tensor(Drawn(i => Math.Pow(i, -task.Beta / 2)), dtype: float64).unsqueeze(1);
                var labels = modes.mm(target) + noise * Math.Sqrt(task.TailPower + task.NoiseVariance);
                using var path = decomposed.WithTargets(labels);
                for (var ridge = 0; ridge < ridges.Length; ridge++)
                {
                    using var step = NewDisposeScope();
                    var dual = path.DualCoefficients(ridges[ridge]);
                    var learned = modes.t().mm(dual) * eigenvalues.unsqueeze(1);
                    test[ridge] += ((learned - target).square().sum().item<double>() + task.TailPower + task.NoiseVariance) / draws;
                    train[ridge] += path.TrainError(ridges[ridge]) / draws;
                }
            }
        }

        return tasks.ToDictionary(task => task.Key, task => (task.Value.Test, task.Value.Train));
    }

    /// <summary>Fit ratio E_train/E_test where the mean test error is least.</summary>
    internal static double OptimalFitRatio((double[] Test, double[] Train) errors)
    {
        var best = Array.IndexOf(errors.Test, errors.Test.Min());
        return errors.Train[best] / errors.Test[best];
    }

    private static double[] Drawn(Func<int, double> ofMode) => [.. Enumerable.Range(1, DrawnModes).Select(ofMode)];

    private sealed record TruncatedTask(double Beta, double NoiseVariance)
    {
        internal double TailPower { get; } = TailOf(Beta);

        /// <summary>Σ i^−p over the modes that are not drawn.</summary>
        internal static double TailOf(double p) =>
            new PowerLawSpectrum(p, p).Modes(AllModes).Trace - Drawn(i => Math.Pow(i, -p)).Sum();
    }
}
