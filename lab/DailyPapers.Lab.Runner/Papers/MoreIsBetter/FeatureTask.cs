using DailyPapers.Lab.Generalization;

namespace DailyPapers.Lab.Runner.Papers.MoreIsBetter;

/// <summary>A task with random features whose kernel spectrum is known exactly, so that theory and simulation face the same.</summary>
internal sealed class FeatureTask
{
    private const double NoiseVariance = 0.1;
    private const int SphereDimension = 10;

    private readonly Func<int, int, Seed, FeatureDraw> _draw;

    private FeatureTask(KernelSpectrum spectrum, Func<int, int, Seed, FeatureDraw> draw)
    {
        Theory = new RandomFeatureEigenframework(spectrum, NoiseVariance);
        _draw = draw;
    }

    /// <summary>λ_i = i^−1.5, v_i² = i^−1.6 for 4,000 modes, noise 0.1; Gaussian features.</summary>
    internal static FeatureTask Gaussian { get; } = CreateGaussian();

    /// <summary>
    /// ReLU features of points on the sphere in ten dimensions: powers 0.4, 0.4 and 0.2 in degrees 1, 2 and 4, noise 0.1.
    /// </summary>
    internal static FeatureTask Relu { get; } = CreateRelu();

    /// <summary>What the eigenframework says about it.</summary>
    internal RandomFeatureEigenframework Theory { get; }

    /// <summary>Draws up to <paramref name="samples"/> samples and <paramref name="features"/> features.</summary>
    internal FeatureDraw Draw(int samples, int features, Seed seed) => _draw(samples, features, seed);

    private static FeatureTask CreateGaussian()
    {
        var spectrum = new PowerLawSpectrum(alpha: 1.5, beta: 1.6).Modes(4000, exact: 4001);
        return new FeatureTask(spectrum, (samples, features, seed) => FeatureDraw.Gaussian(spectrum, NoiseVariance, samples, features, seed));
    }

    private static FeatureTask CreateRelu()
    {
        double[] targetPower = [0, 0.4, 0.4, 0, 0.2];
        var spectrum = new SphericalKernel(ArcCosineKernel.Order1, SphereDimension, maxDegree: 40).WithTarget(targetPower);
        return new FeatureTask(spectrum, (samples, features, seed) => FeatureDraw.Relu(SphereDimension, targetPower, NoiseVariance, samples, features, seed));
    }
}
