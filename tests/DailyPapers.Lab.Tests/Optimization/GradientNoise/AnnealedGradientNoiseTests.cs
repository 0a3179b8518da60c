using DailyPapers.Lab.Optimization.GradientNoise;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Optimization.GradientNoise;

public sealed class AnnealedGradientNoiseTests
{
    [Fact]
    public void The_variance_starts_at_eta_and_decays_by_the_power()
    {
        var noise = new AnnealedGradientNoise(0.3, 0.55);
        Assert.Equal(0.3, noise.Variance(0), 1e-15);
        Assert.Equal(0.3 / Math.Pow(100, 0.55), noise.Variance(99), 1e-15);
        Assert.Equal(noise.Variance(4) * Math.Pow(5, 0.55), noise.Variance(0), 1e-12);
    }

    [Fact]
    public void The_total_lies_between_the_integrals_that_enclose_a_decreasing_sum()
    {
        var noise = new AnnealedGradientNoise(2, 0.4);
        const int steps = 1000;
        double Integral(double from, double to) => 2 / 0.6 * (Math.Pow(to, 0.6) - Math.Pow(from, 0.6));
        Assert.InRange(noise.TotalVariance(steps), Integral(1, steps + 1), Integral(0, steps));
        Assert.Equal(0, noise.TotalVariance(0));
    }

    [Fact]
    public void Constant_noise_of_the_same_total_has_the_same_total_and_no_decay()
    {
        var noise = new AnnealedGradientNoise(1);
        var constant = noise.ConstantOfSameTotal(500);
        Assert.Equal(noise.TotalVariance(500), constant.TotalVariance(500), 1e-9);
        Assert.Equal(constant.Variance(0), constant.Variance(499));
        Assert.InRange(constant.Variance(0), noise.Variance(499), noise.Variance(0));
    }

    [Fact]
    public void Added_noise_has_the_variance_of_its_step_and_leaves_the_mean()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        var gradient = full(200_000, 3.0, dtype: float64);
        var noise = new AnnealedGradientNoise(0.5, 1);
        noise.AddTo(gradient, 4, generator);
        // Standard errors: of the mean 0.0007, of the variance 0.0003.
        Assert.Equal(3, gradient.mean().item<double>(), 0.004);
        Assert.Equal(0.1, gradient.var().item<double>(), 0.002);
    }

    [Fact]
    public void Without_a_gradient_descent_is_a_random_walk_of_the_predicted_variance()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(zeros(20_000, dtype: float64));
        using var sgd = optim.SGD([parameter], 0.1);
        var noise = new AnnealedGradientNoise(1);
        using var noisy = new NoisyOptimizer(sgd, [parameter], noise, new Seed(2));
        const int steps = 50;
        for (var step = 0; step < steps; step++)
        {
            parameter.grad = zeros_like(parameter);
            noisy.Step();
        }
        Assert.Equal(steps, noisy.Taken);
        // Relative standard error of a variance of 20,000 values: 1 %.
        Assert.Equal(1, parameter.var().item<double>() / (0.01 * noise.TotalVariance(steps)), 0.04);
    }

    [Fact]
    public void Without_noise_the_wrapped_optimizer_is_the_plain_one_with_clipping()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(zeros(2, dtype: float64));
        using var sgd = optim.SGD([parameter], 1);
        using var noisy = new NoisyOptimizer(sgd, [parameter], new AnnealedGradientNoise(0), new Seed(3), clipNorm: 1);
        parameter.grad = full(2, 8.0, dtype: float64);
        noisy.Step();
        foreach (var value in parameter.data<double>().ToArray())
            Assert.Equal(-Math.Sqrt(0.5), value, 1e-5);
    }

    [Fact]
    public void Noise_comes_after_clipping_so_that_the_clip_does_not_shorten_it()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(zeros(10_000, dtype: float64));
        using var sgd = optim.SGD([parameter], 1);
        using var noisy = new NoisyOptimizer(sgd, [parameter], new AnnealedGradientNoise(1), new Seed(4), clipNorm: 1e-3);
        parameter.grad = ones_like(parameter);
        noisy.Step();
        Assert.Equal(1, parameter.var().item<double>(), 0.08);
    }

    [Fact]
    public void The_same_seed_gives_the_same_noise()
    {
        static float[] Noise(int seed)
        {
            using var scope = NewDisposeScope();
            using var generator = new Seed(seed).ToGenerator();
            var gradient = zeros(8);
            new AnnealedGradientNoise(1).AddTo(gradient, 0, generator);
            return gradient.data<float>().ToArray();
        }
        Assert.Equal(Noise(5), Noise(5));
        Assert.NotEqual(Noise(5), Noise(6));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnnealedGradientNoise(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnnealedGradientNoise(1, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnnealedGradientNoise(1).Variance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnnealedGradientNoise(1).ConstantOfSameTotal(0));
        using var parameter = new Parameter(zeros(1));
        using var sgd = optim.SGD([parameter], 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyOptimizer(sgd, [parameter], new AnnealedGradientNoise(1), new Seed(1), clipNorm: 0));
    }
}
