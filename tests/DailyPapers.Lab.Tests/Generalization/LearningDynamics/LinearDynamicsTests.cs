using DailyPapers.Lab.Generalization.LearningDynamics;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.LearningDynamics;

public sealed class LinearDynamicsTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3)]
    public void Before_training_errors_are_those_of_two_independent_vectors(double alpha)
    {
        var theory = new LinearGeneralizationDynamics(alpha, 4, 0.5);
        Assert.Equal(1 + 0.5 + 0.25, theory.TestError(0), 1e-3);
        Assert.Equal(1 + 0.5 + 0.25, theory.TrainError(0), 1e-3);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Long_training_ends_at_the_closed_form(double alpha)
    {
        var theory = new LinearGeneralizationDynamics(alpha, 3, 0.7);
        Assert.Equal(theory.FinalTestError, theory.TestError(1e4), 1e-6);
        Assert.Equal(Math.Max(0, 1 - 1 / alpha) / 3, theory.TrainError(1e4), 1e-6);
    }

    [Fact]
    public void As_many_samples_as_inputs_is_the_worst_end() =>
        Assert.All(new[] { 0.5, 0.8, 0.95, 1.05, 1.2, 2 }, alpha =>
            Assert.True(new LinearGeneralizationDynamics(1, 5, 0).TestError(1e4) > new LinearGeneralizationDynamics(alpha, 5, 0).TestError(1e4)));

    [Fact]
    public void A_variance_of_initial_weights_adds_the_share_of_frozen_directions() =>
        Assert.Equal(0.6 * 2, new LinearGeneralizationDynamics(0.4, 5, 3).FinalTestError - new LinearGeneralizationDynamics(0.4, 5, 1).FinalTestError, 1e-12);

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 20)]
    public void At_the_stopping_time_the_error_is_least(double alpha, double signalToNoise)
    {
        var theory = new LinearGeneralizationDynamics(alpha, signalToNoise, 0.2);
        var best = theory.OptimalStoppingTime();
        Assert.All(new[] { 0.05, 0.5, 0.9, 1.1, 2, 20 }, factor => Assert.True(theory.TestError(factor * best) > theory.TestError(best)));
        Assert.Equal(0, (theory.TestError(best * 1.001) - theory.TestError(best / 1.001)) / 0.002, 1e-3);
    }

    [Fact]
    public void Without_noise_training_never_hurts() => Assert.Equal(5, new LinearGeneralizationDynamics(2, double.PositiveInfinity, 0).OptimalStoppingTime(longest: 5), 1e-3);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_best_ridge_is_a_little_better_than_stopping(double alpha)
    {
        var theory = new LinearGeneralizationDynamics(alpha, 5, 0);
        var stopped = theory.TestError(theory.OptimalStoppingTime());
        Assert.InRange(stopped / theory.OptimalRidgeError, 1, 1.05);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void Simulated_errors_lie_on_the_curves(double alpha)
    {
        var theory = new LinearGeneralizationDynamics(alpha, 5, 0.3);
        var draws = Enumerable.Range(0, 8).Select(i => LinearTeacherStudent.Draw(200, (int)(alpha * 200), 5, 0.3, new Seed(3).Stream($"{i}"))).ToArray();
        foreach (var time in new[] { 0.0, 0.3, 2, 10 })
        {
            Assert.Equal(1, draws.Average(draw => draw.TestError(time)) / theory.TestError(time), 0.08);
            Assert.Equal(theory.TrainError(time), draws.Average(draw => draw.TrainError(time)), 0.08 * theory.TrainError(0));
        }
        Assert.Equal(1, draws.Average(draw => draw.RidgeTestError(0.2)) / theory.OptimalRidgeError, 0.08);
    }

    [Fact]
    public void The_solved_flow_is_what_small_steps_of_gradient_descent_do()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(4).ToGenerator();
        const int inputs = 12, samples = 9;
        var data = randn([inputs, samples], dtype: float64, generator: generator) / Math.Sqrt(inputs);
        var (teacher, noise, start) = (
            randn([inputs], dtype: float64, generator: generator), randn([samples], dtype: float64, generator: generator), randn([inputs], dtype: float64, generator: generator));
        var flow = LinearTeacherStudent.Decompose(data, teacher, noise, start, noiseVariance: 0.3);
        var (weights, labels) = (start, data.t().mv(teacher) + noise);
        const double step = 1e-3;
        for (var i = 0; i < 2000; i++)
            weights = weights + data.mv(labels - data.t().mv(weights)) * step;
        Assert.Equal((weights - teacher).square().mean().item<double>() + 0.3, flow.TestError(2), 5e-3);
        Assert.Equal((labels - data.t().mv(weights)).square().mean().item<double>(), flow.TrainError(2), 5e-3);

        var ridge = linalg.solve(data.mm(data.t()) + eye(inputs, dtype: float64) * 0.7, data.mv(labels));
        Assert.Equal((ridge - teacher).square().mean().item<double>() + 0.3, flow.RidgeTestError(0.7), 1e-10);
        Assert.Equal(3, flow.Eigenvalues.Count(eigenvalue => eigenvalue == 0));
        Assert.Equal(0, flow.TrainError(1e9), 1e-8);
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearGeneralizationDynamics(1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearGeneralizationDynamics(1, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearGeneralizationDynamics(1, 1, 0).TestError(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearTeacherStudent.Draw(0, 1, 1, 0, new Seed(1)));
    }
}
