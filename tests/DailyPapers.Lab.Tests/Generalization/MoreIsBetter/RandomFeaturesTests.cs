using DailyPapers.Lab.Generalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.MoreIsBetter;

public sealed class RandomFeaturesTests
{
    [Theory]
    [InlineData("relu")]
    [InlineData("fourier")]
    [InlineData("gaussian")]
    public void Inner_products_of_many_features_are_the_kernel(string kind)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(3).ToGenerator();
        var x = randn(7, 5, dtype: float64, generator: generator);
        const int count = 200_000;
        using var features = kind switch
        {
            "relu" => RandomFeatures.Relu(5, count, generator),
            "fourier" => RandomFeatures.Fourier(5, count, 1.7, generator),
            _ => RandomFeatures.Gaussian([1, 0.5, 0.3, 0.1, 0], count, generator),
        };
        var sampled = features.Apply(x);
        Assert.Equal([7, count], sampled.shape);
        var kernel = features.Kernel(x, x);
        // The standard error of an entry is a few thousandths of the largest kernel value.
        Assert.True((sampled.mm(sampled.t()) - kernel).abs().max().item<double>() < 0.02 * kernel.max().item<double>());
    }

    /// <summary>Settings at which theory and an independent simulation were seen to agree within 3 %.</summary>
    [Theory]
    [InlineData(200, 400, 0.1)]
    [InlineData(200, 400, 1)]
    [InlineData(300, 150, 0.1)]
    [InlineData(300, 3000, 0.01)]
    [InlineData(200, 210, 0.01)]
    public void Theory_predicts_simulated_errors(int n, int k, double ridge)
    {
        const int draws = 12;
        const double noise = 0.1;
        var spectrum = new PowerLawSpectrum(1.5, 1.6).Modes(1000, exact: 1001);
        double[] test = new double[draws], train = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            using var scope = NewDisposeScope();
            using var generator = new Seed(draw).Stream("simulation").ToGenerator();
            using var features = RandomFeatures.Gaussian(spectrum.Eigenvalues.ToArray(), k, generator);
            var modes = randn(n, 1000, dtype: float64, generator: generator);
            var target = tensor(spectrum.TargetPower.ToArray(), dtype: float64).sqrt().unsqueeze(1);
            var y = modes.mm(target) + randn(n, 1, dtype: float64, generator: generator) * Math.Sqrt(noise);
            var f = features.Apply(modes);
            using var regression = KernelRidge.Fit(f.mm(f.t()), y, ridge);
            var weights = f.t().mm(regression.DualCoefficients);
            test[draw] = (features.Weights.mm(weights) / Math.Sqrt(k) - target).square().sum().item<double>() + noise;
            train[draw] = (f.mm(weights) - y).square().mean().item<double>();
        }

        var predicted = new RandomFeatureEigenframework(spectrum, noise).Predict(n, k, ridge);
        AssertMean(predicted.TestError, test);
        AssertMean(predicted.TrainError, train);
    }

    /// <summary>Within 3 % of the prediction, allowing three standard errors of the simulation's own mean.</summary>
    private static void AssertMean(double predicted, double[] simulated)
    {
        var mean = simulated.Average();
        var error = Math.Sqrt(simulated.Sum(value => (value - mean) * (value - mean)) / (simulated.Length - 1) / simulated.Length);
        Assert.InRange(mean, 0.97 * predicted - 3 * error, 1.03 * predicted + 3 * error);
        Assert.True(error < 0.15 * predicted, $"The simulation is too noisy to test anything: {mean} ± {error}.");
    }
}
