using DailyPapers.Lab.Generalization.Universality;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.UniversalityLens;

/// <summary>What adding parameters costs (claims 3 to 6).</summary>
internal static class AddedParameters
{
    /// <summary>Depths of the product prior.</summary>
    internal static readonly int[] Depths = [1, 2, 3, 4, 6, 8];

    private const int Coordinates = 32;
    private const int NonZero = 2;
    private static readonly double[] _simple = [1.5, -1];

    /// <summary>Numbers of parameters: 2, 4, 8, ... up to the largest.</summary>
    internal static int[] Dimensions(int largest) => [.. Enumerable.Range(1, int.Log2(largest)).Select(power => 1 << power)];

    /// <summary>
    /// Regret in nats of logistic regression with d parameters under the prior N(0, I): d/2 copies of two features that decide;
    /// two features that decide and d − 2 fresh ones that don't; and a truth drawn from the prior in all d.
    /// </summary>
    internal static (double Redundant, double Irrelevant, double Generic) LogisticRegret(int dimension, int samples, int draws, Seed seed, CancellationToken cancellation)
    {
        double redundant = 0, irrelevant = 0, generic = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var generator = seed.Stream($"{dimension} {draw}").ToGenerator();
            var inputs = randn(samples, dimension, dtype: float64, generator: generator);
            var uniform = rand(samples, dtype: float64, generator: generator);
            var two = inputs.narrow(1, 0, 2);
            var simple = tensor(_simple, dtype: float64);
            var drawn = randn(dimension, dtype: float64, generator: generator);
            redundant += Regret(two.repeat(1, dimension / 2), cat(Enumerable.Repeat(simple * (2.0 / dimension), dimension / 2).ToArray()), uniform) / draws;
            cancellation.ThrowIfCancellationRequested();
            irrelevant += Regret(inputs, cat([simple, zeros(dimension - 2, dtype: float64)]), uniform) / draws;
            cancellation.ThrowIfCancellationRequested();
            generic += Regret(inputs, drawn, uniform) / draws;
        }
        return (redundant, irrelevant, generic);
    }

    /// <summary>
    /// Regret in nats of 32 means by depth of the product prior, for a truth of two non-zero means and for one drawn from the
    /// prior of depth 1.
    /// </summary>
    internal static (double[] Sparse, double[] Generic) DepthRegret(int samples, Seed seed, CancellationToken cancellation)
    {
        var random = seed.ToRandom();
        var truths = Enumerable.Range(0, Coordinates).Select(_ => 2 * random.NextDouble() - 1).ToArray();
        var (sparse, generic) = (new double[Depths.Length], new double[Depths.Length]);
        for (var i = 0; i < Depths.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var prior = new ProductPrior(Depths[i]);
            var regrets = truths.Select(truth => prior.GaussianRegret(truth, samples)).ToArray();
            generic[i] = regrets.Sum();
            sparse[i] = regrets.Take(NonZero).Sum() + (Coordinates - NonZero) * prior.GaussianRegret(0, samples);
        }
        return (sparse, generic);
    }

    /// <summary>Parameters of the networks of <see cref="Depths"/>.</summary>
    internal static double[] DepthParameters => [.. Depths.Select(depth => (double)depth * Coordinates)];

    /// <summary>Slope of ln y against ln x by least squares.</summary>
    internal static double LogSlope(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        double[] a = [.. xs.Select(x => Math.Log(x))], b = [.. ys.Select(y => Math.Log(y))];
        double meanA = a.Average(), meanB = b.Average();
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum() / a.Sum(x => (x - meanA) * (x - meanA));
    }

    private static double Regret(Tensor inputs, Tensor truth, Tensor uniform)
    {
        using var scope = NewDisposeScope();
        var labels = uniform.lt(sigmoid(inputs.mv(truth))).to(float64);
        return LogisticEvidence.LogLikelihood(inputs, labels, truth) - LogisticEvidence.Laplace(inputs, labels, priorVariance: 1).LogValue;
    }
}
