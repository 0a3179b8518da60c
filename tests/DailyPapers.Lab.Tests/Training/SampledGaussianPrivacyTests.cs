using DailyPapers.Lab.Training;

namespace DailyPapers.Lab.Tests.Training;

public sealed class SampledGaussianPrivacyTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Without_sampling_it_is_the_Gaussian_mechanism(int order)
    {
        Assert.Equal(order / (2 * 1.5 * 1.5), SampledGaussianPrivacy.RenyiDivergence(order, 1, 1.5), 1e-12);
        Assert.Equal(order / (2 * 1.5 * 1.5), SampledGaussianPrivacy.RenyiDivergence(order, 1 - 1e-12, 1.5), 1e-6);
    }

    [Fact]
    public void The_divergence_is_that_of_numerical_integration()
    {
        const int order = 4;
        const double rate = 0.1, noise = 1.2;
        // E over z ~ N(0, σ²) of ((1−q) + q e^{(2z−1)/(2σ²)})^α.
        double sum = 0, weight = 0;
        for (var z = -15.0; z <= 15; z += 0.001)
        {
            var density = Math.Exp(-z * z / (2 * noise * noise));
            weight += density;
            sum += density * Math.Pow(1 - rate + rate * Math.Exp((2 * z - 1) / (2 * noise * noise)), order);
        }
        Assert.Equal(Math.Log(sum / weight) / (order - 1), SampledGaussianPrivacy.RenyiDivergence(order, rate, noise), 1e-9);
    }

    [Fact]
    public void Privacy_is_lost_with_steps_and_rate_and_kept_by_noise()
    {
        double Loss(int steps, double rate, double noise) => SampledGaussianPrivacy.Epsilon(steps, rate, noise, 1e-5);
        Assert.True(Loss(200, 0.01, 1) > Loss(100, 0.01, 1));
        Assert.True(Loss(100, 0.02, 1) > Loss(100, 0.01, 1));
        Assert.True(Loss(100, 0.01, 1) > Loss(100, 0.01, 2));
        // Without a step nothing is lost but what the conversion at the largest order adds.
        Assert.Equal(Math.Log(1e5) / 255, Loss(0, 0.01, 1), 1e-12);
    }

    [Fact]
    public void Noise_that_was_asked_for_keeps_the_privacy_and_hardly_more()
    {
        var noise = SampledGaussianPrivacy.NoiseFor(3, 500, 0.02, 1e-4);
        Assert.InRange(SampledGaussianPrivacy.Epsilon(500, 0.02, noise, 1e-4), 2.95, 3);
        Assert.Throws<ArgumentException>(() => SampledGaussianPrivacy.NoiseFor(0.001, 500, 0.02, 1e-4));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SampledGaussianPrivacy.RenyiDivergence(1, 0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampledGaussianPrivacy.RenyiDivergence(2, 1.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampledGaussianPrivacy.RenyiDivergence(2, 0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampledGaussianPrivacy.Epsilon(10, 0.1, 1, 1));
    }
}
