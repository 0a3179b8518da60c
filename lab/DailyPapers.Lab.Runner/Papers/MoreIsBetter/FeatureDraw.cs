using DailyPapers.Lab.Generalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.MoreIsBetter;

/// <summary>
/// One draw of random features on one draw of samples, large enough that every smaller (n, k) is a corner of it. Test errors
/// are population errors, from the features' exact second moments: no test sample adds noise to them.
/// </summary>
internal sealed class FeatureDraw : IDisposable
{
    private readonly Tensor _features; // (N, K), of unit scale: the model's features are these over sqrt(k)
    private readonly Tensor _labels; // (N, 1)
    private readonly Tensor _gram; // (K, K), E[feature_i feature_j]
    private readonly Tensor _cross; // (K, 1), E[feature_i target]
    private readonly double _targetPower;
    private readonly double _noiseVariance;

    private FeatureDraw(Tensor features, Tensor labels, Tensor gram, Tensor cross, double targetPower, double noiseVariance)
    {
        _features = features.DetachFromDisposeScope();
        _labels = labels.DetachFromDisposeScope();
        _gram = gram.DetachFromDisposeScope();
        _cross = cross.DetachFromDisposeScope();
        (_targetPower, _noiseVariance) = (targetPower, noiseVariance);
    }

    /// <summary>Gaussian features of Gaussian eigenfunctions: the design in which the theory's assumption is exact.</summary>
    internal static FeatureDraw Gaussian(KernelSpectrum spectrum, double noiseVariance, int samples, int features, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        using var map = RandomFeatures.Gaussian(spectrum.Eigenvalues.ToArray(), features, generator);
        var modes = randn(samples, spectrum.Eigenvalues.Length, dtype: float64, generator: generator);
        var target = tensor(spectrum.TargetPower.ToArray(), dtype: float64).sqrt().unsqueeze(1);
        return new FeatureDraw(
            map.Apply(modes) * Math.Sqrt(features),
            modes.mm(target) + Noise(samples, noiseVariance, generator),
            map.Weights.t().mm(map.Weights),
            map.Weights.t().mm(target),
            spectrum.TotalTargetPower,
            noiseVariance);
    }

    /// <summary>ReLU features of uniform points on the unit sphere, with a random target of given power in each degree.</summary>
    internal static FeatureDraw Relu(int dimension, double[] targetPower, double noiseVariance, int samples, int features, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        using var map = RandomFeatures.Relu(dimension, features, generator);
        var points = randn(samples, dimension, dtype: float64, generator: generator);
        points /= points.norm(1, keepdim: true);
        var directions = map.Weights.t() / Math.Sqrt(dimension); // (K, d), unit
        var multipliers = SphericalKernel.FunkHecke(t => Math.Sqrt(2 * dimension) * Math.Max(0, t), dimension, targetPower.Length - 1);
        var labels = Noise(samples, noiseVariance, generator);
        var cross = zeros(features, 1, dtype: float64);
        for (var degree = 0; degree < targetPower.Length; degree++)
        {
            if (targetPower[degree] == 0)
                continue;
            var (atPoints, atDirections) = RandomHarmonic(dimension, degree, points, directions, generator);
            labels += atPoints * Math.Sqrt(targetPower[degree]);
            cross += atDirections * (multipliers[degree] * Math.Sqrt(targetPower[degree]));
        }

        return new FeatureDraw(
            map.Apply(points) * Math.Sqrt(features), labels, map.Kernel(directions, directions), cross, targetPower.Sum(), noiseVariance);
    }

    /// <summary>Train and test errors of the corner with n samples and k features, at several ridges.</summary>
    internal (double[] Test, double[] Train) Errors(int n, int k, IReadOnlyList<double> ridges)
    {
        using var scope = NewDisposeScope();
        var f = _features.narrow(0, 0, n).narrow(1, 0, k) / Math.Sqrt(k);
        var y = _labels.narrow(0, 0, n);
        var delta = tensor(ridges.ToArray(), dtype: float64).unsqueeze(0); // (1, R)
        Tensor a; // (k, R)
        if (k <= n)
        {
            var (eigenvalues, vectors) = linalg.eigh(f.t().mm(f));
            a = vectors.mm(vectors.t().mm(f.t().mm(y)) / (eigenvalues.clamp_min(0).unsqueeze(1) + delta));
        }
        else
        {
            var (eigenvalues, vectors) = linalg.eigh(f.mm(f.t()));
            a = f.t().mm(vectors.mm(vectors.t().mm(y) / (eigenvalues.clamp_min(0).unsqueeze(1) + delta)));
        }

        var train = (f.mm(a) - y).square().mean([0]);
        var gram = _gram.narrow(0, 0, k).narrow(1, 0, k);
        var cross = _cross.narrow(0, 0, k);
        var test = (a * gram.mm(a)).sum([0L]) / k - cross.t().mm(a).squeeze(0) * (2 / Math.Sqrt(k)) + (_targetPower + _noiseVariance);
        return (test.data<double>().ToArray(), train.data<double>().ToArray());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _features.Dispose();
        _labels.Dispose();
        _gram.Dispose();
        _cross.Dispose();
    }

    /// <summary>A random harmonic of unit norm: a combination of 256 zonal ones, at the sample points and the feature directions.</summary>
    private static (Tensor AtPoints, Tensor AtDirections) RandomHarmonic(int dimension, int degree, Tensor points, Tensor directions, Generator generator)
    {
        var poles = randn(256, dimension, dtype: float64, generator: generator);
        poles /= poles.norm(1, keepdim: true);
        var weights = randn(256, 1, dtype: float64, generator: generator);
        // Zonal harmonics reproduce: E[P(<u,x>) P(<v,x>)] = P(<u,v>) / count.
        var squaredNorm = weights.t().mm(Gegenbauer(dimension, degree, poles.mm(poles.t())).mm(weights)).item<double>()
            / SphericalKernel.HarmonicCount(dimension, degree);
        weights /= Math.Sqrt(squaredNorm);
        return (Gegenbauer(dimension, degree, points.mm(poles.t())).mm(weights), Gegenbauer(dimension, degree, directions.mm(poles.t())).mm(weights));
    }

    private static Tensor Gegenbauer(int dimension, int degree, Tensor t)
    {
        var values = t.data<double>().ToArray();
        for (var i = 0; i < values.Length; i++)
            values[i] = SphericalKernel.Gegenbauer(dimension, degree, values[i]);
        return tensor(values, dtype: float64).reshape(t.shape);
    }

    private static Tensor Noise(int samples, double variance, Generator generator) =>
        randn(samples, 1, dtype: float64, generator: generator) * Math.Sqrt(variance);
}
