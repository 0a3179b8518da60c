using DailyPapers.Lab.Generalization.Universality;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.Universality;

public sealed class PosteriorSamplingTests
{
    [Fact]
    public void Chains_settle_at_the_variance_in_closed_form()
    {
        using var scope = NewDisposeScope();
        const double curvature = 2, step = 0.5;
        using var chains = new StochasticGradientLangevinDynamics(theta => (theta - 3) * curvature, zeros(40_000, dtype: float64), new Seed(1));
        for (var i = 0; i < 60; i++)
            chains.Step(step);
        var expected = StochasticGradientLangevinDynamics.StationaryVariance(curvature, step);
        Assert.Equal(1 / (2 * 0.75), expected, 1e-12);
        // Standard errors: √(variance/40,000) = 0.004 of the mean and variance √(2/40,000) = 0.005 of the variance.
        Assert.Equal(3, chains.Parameters.mean().item<double>(), 0.02);
        Assert.Equal(expected, chains.Parameters.var().item<double>(), 0.025);
    }

    [Fact]
    public void The_step_bias_vanishes_with_the_step() =>
        Assert.Equal(0.25, StochasticGradientLangevinDynamics.StationaryVariance(4, 1e-9), 1e-8);

    [Fact]
    public void An_ensemble_averages_probabilities()
    {
        using var scope = NewDisposeScope();
        var members = tensor(new[,] { { 0.2, 0.9 }, { 0.6, 0.5 } }).log();
        Assert.True(allclose(tensor([0.4, 0.7], dtype: float64).log(), PosteriorEnsemble.LogPredict(members)));
    }

    [Fact]
    public void An_ensemble_is_no_worse_than_its_members_on_average()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(2).ToGenerator();
        var logits = randn(7, 50, dtype: float64, generator: generator) * 3;
        var members = -nn.functional.softplus(-logits);
        Assert.True(PosteriorEnsemble.LogPredict(members).ge(members.mean([0L])).all().item<bool>());
    }

    [Fact]
    public void Laplaces_evidence_is_near_the_integral_on_a_grid()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Sample(200, 2, new Seed(3));
        const double variance = 2.0;
        var ticks = linspace(-6, 6, 301, dtype: float64);
        var grid = stack([ticks.repeat_interleave(301), ticks.repeat(301)]);
        var logJoint = -nn.functional.softplus(inputs.mm(grid) * (1 - 2 * labels.unsqueeze(1))).sum([0L])
            - grid.square().sum([0L]) / (2 * variance) - Math.Log(2 * Math.PI * variance);
        var integral = logsumexp(logJoint, 0).item<double>() + 2 * Math.Log(12.0 / 300);
        Assert.Equal(integral, LogisticEvidence.Laplace(inputs, labels, variance).LogValue, 0.03);
    }

    [Fact]
    public void Copies_of_a_feature_are_one_feature_of_greater_prior_variance()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Sample(60, 2, new Seed(4));
        var copies = LogisticEvidence.Laplace(inputs.repeat(1, 5), labels, 0.7);
        var single = LogisticEvidence.Laplace(inputs, labels, 0.7 * 5);
        Assert.Equal(single.LogValue, copies.LogValue, 1e-8);
        Assert.Equal(single.LogLikelihoodAtMode, copies.LogLikelihoodAtMode, 1e-6);
    }

    [Fact]
    public void Evidence_does_not_change_when_the_inputs_are_turned()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(5).ToGenerator();
        var (inputs, labels) = Sample(60, 4, new Seed(6));
        var (rotation, _) = linalg.qr(randn(4, 4, dtype: float64, generator: generator));
        Assert.Equal(
            LogisticEvidence.Laplace(inputs, labels, 1).LogValue, LogisticEvidence.Laplace(inputs.mm(rotation), labels, 1).LogValue, 1e-8);
    }

    [Fact]
    public void A_vanishing_prior_leaves_the_coin()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = Sample(60, 2, new Seed(7));
        Assert.Equal(-60 * Math.Log(2), LogisticEvidence.Laplace(inputs, labels, 1e-12).LogValue, 1e-6);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => LogisticEvidence.Laplace(zeros(3, 2, dtype: float64), zeros(4, dtype: float64), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogisticEvidence.Laplace(zeros(3, 2, dtype: float64), zeros(3, dtype: float64), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StochasticGradientLangevinDynamics.StationaryVariance(2, 2));
        Assert.Throws<ArgumentException>(() => PosteriorEnsemble.LogPredict(zeros(0, 3)));
    }

    private static (TorchSharp.torch.Tensor Inputs, TorchSharp.torch.Tensor Labels) Sample(int count, int dimension, Seed seed)
    {
        using var generator = seed.ToGenerator();
        var inputs = randn(count, dimension, dtype: float64, generator: generator);
        return (inputs, rand(count, dtype: float64, generator: generator).lt(sigmoid(inputs.sum([1L]))).to(float64));
    }
}
