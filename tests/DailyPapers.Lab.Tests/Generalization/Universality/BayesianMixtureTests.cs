using CsCheck;
using DailyPapers.Lab.Generalization.Universality;

namespace DailyPapers.Lab.Tests.Generalization.Universality;

public sealed class BayesianMixtureTests
{
    private static readonly Gen<double[]> _weights = Gen.Double[-5, 0].Array[1, 12];

    [Fact]
    public void Predictions_multiply_to_the_evidence() =>
        (from weights in _weights
         from rounds in Gen.Double[-4, 0].Array[weights.Length].Array[1, 6]
         select (weights, rounds)).Sample(pair =>
         {
             var mixture = new BayesianMixture(pair.weights);
             var sum = 0.0;
             foreach (var round in pair.rounds)
             {
                 sum += mixture.LogPredict(round);
                 mixture.Observe(round);
             }
             Assert.Equal(sum, mixture.LogEvidence, 1e-10);
             Assert.Equal(0, LogSum.Exp(mixture.LogPosterior()), 1e-10);
         }, iter: 200);

    [Fact]
    public void A_uniform_mixture_of_coins_is_Laplaces_rule_of_succession()
    {
        const int cells = 20_000;
        var mixture = BayesianMixture.Uniform(cells);
        double[] heads = [.. Enumerable.Range(0, cells).Select(i => Math.Log((i + 0.5) / cells))];
        for (var n = 0; n < 5; n++)
        {
            Assert.Equal((n + 1.0) / (n + 2), Math.Exp(mixture.LogPredict(heads)), 1e-6);
            mixture.Observe(heads);
        }
        Assert.Equal(-Math.Log(6), mixture.LogEvidence, 1e-6);
    }

    [Fact]
    public void Extreme_likelihoods_do_not_underflow()
    {
        var mixture = BayesianMixture.Uniform(2);
        mixture.Observe([-5000, -5001]);
        Assert.Equal(-5000 + Math.Log((1 + Math.Exp(-1)) / 2), mixture.LogEvidence, 1e-9);
        Assert.Equal(double.NegativeInfinity, LogSum.Exp([]));
    }

    [Fact]
    public void The_weight_is_a_step_function_of_the_radius()
    {
        var weight = new KlBallWeight([0.5, 0, 0.2], [Math.Log(5), Math.Log(2), Math.Log(3)]);
        Assert.Equal(Math.Log(0.2), weight.LogWeight(0), 1e-12);
        Assert.Equal(Math.Log(0.2), weight.LogWeight(0.19), 1e-12);
        Assert.Equal(Math.Log(0.5), weight.LogWeight(0.2), 1e-12);
        Assert.Equal(0, weight.LogWeight(9), 1e-12);
        Assert.Equal(double.NegativeInfinity, new KlBallWeight([0.1], [0]).LogWeight(0.05));
    }

    [Fact]
    public void The_minimised_bound_is_the_least_over_any_radius_and_above_the_convex_bound() =>
        (from divergences in Gen.Double[0, 2].Array[1, 15]
         from weights in Gen.Double[-6, 0].Array[divergences.Length]
         from n in Gen.Double[0.5, 500]
         select (divergences, weights, n)).Sample(draw =>
         {
             var weight = new KlBallWeight(draw.divergences, draw.weights);
             var bound = RegretBound.Minimise(weight, draw.n);
             Assert.Equal(bound.Value, bound.Epsilon - weight.LogWeight(bound.Epsilon) / draw.n, 1e-12);
             for (var epsilon = 0.0; epsilon <= 2; epsilon += 0.01)
                 Assert.True(bound.Value <= epsilon - weight.LogWeight(epsilon) / draw.n + 1e-12);
             Assert.True(RegretBound.Convex(draw.divergences, draw.weights, draw.n) <= bound.Value + 1e-12);
         }, iter: 200);

    [Fact]
    public void The_exact_regret_of_one_toss_lies_below_the_convex_bound() =>
        (from biases in Gen.Double[0.05, 0.95].Array[2, 10]
         from weights in Gen.Double[-4, 0].Array[biases.Length]
         select (biases, weights)).Sample(draw =>
         {
             var truth = draw.biases[0];
             double Divergence(double q) => truth * Math.Log(truth / q) + (1 - truth) * Math.Log((1 - truth) / (1 - q));
             var mixture = new BayesianMixture(draw.weights);
             var regret = truth * (Math.Log(truth) - mixture.LogPredict([.. draw.biases.Select(bias => Math.Log(bias))]))
                 + (1 - truth) * (Math.Log(1 - truth) - mixture.LogPredict([.. draw.biases.Select(bias => Math.Log(1 - bias))]));
             Assert.True(regret <= RegretBound.Convex([.. draw.biases.Select(bias => Math.Max(0, Divergence(bias)))], draw.weights, 1) + 1e-12);
         }, iter: 200);

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new BayesianMixture([]));
        Assert.Throws<ArgumentException>(() => new BayesianMixture([double.NegativeInfinity]));
        Assert.Throws<ArgumentException>(() => BayesianMixture.Uniform(2).Observe([0]));
        Assert.Throws<ArgumentException>(() => new KlBallWeight([0, 1], [0]));
        Assert.Throws<ArgumentException>(() => new KlBallWeight([double.NaN], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RegretBound.Minimise(new KlBallWeight([0], [0]), 0));
    }
}
