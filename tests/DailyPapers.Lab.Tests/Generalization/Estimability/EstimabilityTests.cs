using DailyPapers.Lab.Generalization.Estimability;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.Estimability;

public sealed class EstimabilityTests
{
    [Theory]
    [InlineData(2, 6)]
    [InlineData(3, 4)]
    [InlineData(5, 3)]
    public void A_hypothesis_is_right_everywhere_or_wrong_on_the_same_share(int order, int dimension)
    {
        var learner = new FiniteFieldLinearLearner(order, dimension);
        var random = new Seed(1).ToRandom();
        for (var trial = 0; trial < 10; trial++)
        {
            int[] truth = learner.Draw(random), other = learner.Draw(random);
            var points = (int)Math.Pow(order, dimension);
            var wrong = 0;
            for (var code = 0; code < points; code++)
            {
                var rest = code;
                var point = new int[dimension];
                for (var i = 0; i < dimension; i++, rest /= order)
                    point[i] = rest % order;
                if (learner.Evaluate(truth, point) != learner.Evaluate(other, point))
                    wrong++;
            }
            Assert.Equal(wrong / (double)points, learner.Loss(other, truth), 1e-12);
        }
    }

    [Fact]
    public void What_is_drawn_agrees_with_the_sample_and_every_consistent_function_is_equally_likely()
    {
        var learner = new FiniteFieldLinearLearner(3, 4);
        var random = new Seed(2).ToRandom();
        var truth = learner.Draw(random);
        int[][] points = [[1, 0, 2, 1], [0, 1, 1, 0], [1, 1, 0, 1]]; // the third is the sum of the first two
        int[] labels = [.. points.Select(point => learner.Evaluate(truth, point))];
        var seen = new Dictionary<string, int>();
        for (var draw = 0; draw < 9000; draw++)
        {
            var (coefficients, rank) = learner.DrawConsistent(points, labels, random);
            Assert.Equal(2, rank);
            Assert.All(points.Zip(labels), pair => Assert.Equal(pair.Second, learner.Evaluate(coefficients, pair.First)));
            var key = string.Join(",", coefficients);
            seen[key] = seen.GetValueOrDefault(key) + 1;
        }
        Assert.Equal(9, seen.Count); // 3^(4 − 2)
        Assert.All(seen.Values, count => Assert.InRange(count, 850, 1150)); // 1,000 ± 5 standard deviations of 30
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 4)]
    public void Rank_probabilities_are_those_of_enumeration(int order, int dimension)
    {
        var learner = new FiniteFieldLinearLearner(order, dimension);
        for (var n = 0; n <= dimension + 3; n++)
            Assert.Equal(1, Enumerable.Range(0, dimension + 1).Sum(rank => learner.RankProbability(n, rank)), 1e-12);
        // One point has rank 0 only when it is zero.
        Assert.Equal(Math.Pow(order, -dimension), learner.RankProbability(1, 0), 1e-12);
        // Without samples every function is consistent.
        Assert.Equal(Math.Pow(order, -dimension), learner.ProbabilityOfTruth(0), 1e-12);
        Assert.Equal(1, learner.ProbabilityOfTruth(dimension + 40), 1e-9);
        Assert.Equal(0, learner.LeastEstimationError(dimension + 40), 1e-9);
    }

    [Fact]
    public void Samples_that_no_linear_function_gives_are_refused()
    {
        var learner = new FiniteFieldLinearLearner(2, 2);
        Assert.Throws<ArgumentException>(() => learner.DrawConsistent([[1, 0], [1, 0]], [0, 1], new Random(1)));
        Assert.Throws<ArgumentException>(() => learner.DrawConsistent([[1, 0, 1]], [0], new Random(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiniteFieldLinearLearner(4, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiniteFieldLinearLearner(2, 0));
    }

    [Fact]
    public void No_estimate_beats_the_bound_in_both_worlds()
    {
        for (var estimate = 0.0; estimate <= 1; estimate += 0.01)
        {
            var worst = UniformTightness.WorstCaseError([[(estimate, 0)], [(estimate, 0.7)]]);
            Assert.True(worst >= UniformTightness.ShatteredBound(30, 100) - 1e-12);
        }
        Assert.Equal(0.35, UniformTightness.WorstCaseError([[(0.35, 0)], [(0.35, 0.7)]]), 1e-12);
    }

    [Fact]
    public void The_expected_number_of_distinct_points_is_that_of_a_simulation()
    {
        var random = new Seed(3).ToRandom();
        var mean = Enumerable.Range(0, 4000).Average(_ => Enumerable.Range(0, 25).Select(_ => random.Next(20)).Distinct().Count());
        Assert.Equal(mean, UniformTightness.ExpectedDistinct(25, 20), 0.1); // the standard error is 0.02
        Assert.Equal(1, UniformTightness.ExpectedDistinct(1, 20), 1e-12);
    }

    [Fact]
    public void Measures_of_small_networks_are_known()
    {
        using var scope = NewDisposeScope();
        List<Tensor> weights = [tensor(new double[,] { { 3, 0 }, { 0, 1 } }), tensor(new double[,] { { 2 }, { 5 } })];
        List<Tensor> initial = [zeros(2, 2, dtype: float64), zeros(2, 1, dtype: float64)];
        Assert.Equal(Math.Sqrt(9 + 1 + 4 + 25), GeneralizationMeasures.FrobeniusNorm(weights), 1e-12);
        Assert.Equal(Math.Sqrt(39), GeneralizationMeasures.DistanceFromInitialization(weights, initial), 1e-12);
        Assert.Equal(3 * Math.Sqrt(29), GeneralizationMeasures.SpectralProduct(weights), 1e-10);
        Assert.Equal(Math.Sqrt(36 + 25), GeneralizationMeasures.PathNorm(weights), 1e-12);
        var sum = Math.Pow(4.0 / 3, 2.0 / 3) + 1;
        Assert.Equal(3 * Math.Sqrt(29) * Math.Pow(sum, 1.5) / 0.5, GeneralizationMeasures.SpectralComplexity(weights, initial, 0.5), 1e-9);
    }

    [Fact]
    public void Rescaling_layers_against_each_other_leaves_path_norm_and_spectral_product()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(4).ToGenerator();
        List<Tensor> weights = [randn(4, 6, dtype: float64, generator: generator), randn(6, 3, dtype: float64, generator: generator)];
        List<Tensor> scaled = [weights[0] * 7, weights[1] / 7];
        Assert.Equal(GeneralizationMeasures.PathNorm(weights), GeneralizationMeasures.PathNorm(scaled), 1e-9);
        Assert.Equal(GeneralizationMeasures.SpectralProduct(weights), GeneralizationMeasures.SpectralProduct(scaled), 1e-9);
        Assert.NotEqual(GeneralizationMeasures.FrobeniusNorm(weights), GeneralizationMeasures.FrobeniusNorm(scaled), 1.0);
    }

    [Fact]
    public void Margins_are_those_of_the_best_other_class()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([-2.0, 1.0], GeneralizationMeasures.Margins(tensor(new double[,] { { 5, 4, 1 }, { 0, 1, 2 } }), tensor([0L, 0])));
    }

    [Fact]
    public void The_sharpness_of_a_quadratic_is_its_trace()
    {
        using var scope = NewDisposeScope();
        List<Tensor> weights = [ones(10, 10, dtype: float64)];
        // E |W + εZ|² − |W|² = 100 ε² at weights of root mean square 1.
        var sharpness = GeneralizationMeasures.Sharpness(weights, w => w[0].square().sum().item<double>(), 0.5, 20_000, new Seed(5));
        Assert.Equal(25, sharpness, 0.4); // five standard errors
    }
}
