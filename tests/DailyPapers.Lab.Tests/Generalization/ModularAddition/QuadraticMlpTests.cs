using DailyPapers.Lab.Generalization.ModularAddition;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.ModularAddition;

public sealed class QuadraticMlpTests
{
    [Fact]
    public void It_computes_the_formula()
    {
        using var scope = NewDisposeScope();
        using var network = new QuadraticMlp(5, 3, new Seed(1), dtype: ScalarType.Float64);
        using var noGradient = no_grad();
        var scores = network.Forward(tensor(new long[] { 2 }), tensor(new long[] { 4 }));
        for (var q = 0; q < 5; q++)
        {
            var expected = 0.0;
            for (var k = 0; k < 3; k++)
                expected += network.Output[q, k].ToDouble() * Math.Pow(network.Left[2, k].ToDouble() + network.Right[4, k].ToDouble(), 2);
            Assert.Equal(expected, scores[0, q].ToDouble(), 1e-12);
        }
    }

    [Theory]
    [InlineData(23, 300)]
    [InlineData(97, 1000)]
    public void The_closed_form_adds_without_an_error(int modulus, int width)
    {
        using var scope = NewDisposeScope();
        using var network = QuadraticMlp.AnalyticSolution(modulus, width, new Seed(7));
        var left = arange(modulus, dtype: ScalarType.Int64).repeat_interleave(modulus);
        var right = arange(modulus, dtype: ScalarType.Int64).repeat(modulus);
        Assert.True(network.Predict(left, right).eq((left + right).remainder(modulus)).all().ToBoolean());
    }

    [Fact]
    public void The_neurons_of_the_closed_form_are_periodic_and_fresh_ones_are_not()
    {
        using var solution = QuadraticMlp.AnalyticSolution(97, 60, new Seed(1));
        Assert.All(solution.Periodicity(), ratio => Assert.Equal(1, ratio, 1e-4));
        using var fresh = new QuadraticMlp(97, 400, new Seed(2));
        Assert.Equal(2.0 / 49, fresh.Periodicity().Average(), 3e-3);
    }

    [Fact]
    public void Weights_start_with_the_declared_spread()
    {
        using var scope = NewDisposeScope();
        using var network = new QuadraticMlp(50, 500, new Seed(3));
        Assert.Equal(Math.Pow(8000, -1.0 / 3), network.Left.std().ToDouble(), 1e-3);
        Assert.Equal(0, network.Output.mean().ToDouble(), 1e-3);
    }

    [Fact]
    public void Pruning_leaves_the_neurons_of_the_other_end()
    {
        using var scope = NewDisposeScope();
        using var network = new QuadraticMlp(5, 4, new Seed(1));
        double[] scores = [0.3, 0.1, 0.4, 0.2];
        using var withoutLow = NeuronPruner.ByScore(network, scores, 0.5, lowestFirst: true);
        using var withoutHigh = NeuronPruner.ByScore(network, scores, 0.3, lowestFirst: false);
        using var noGradient = no_grad();
        Assert.True(withoutLow.Left.equal(network.Left.index_select(1, tensor(new long[] { 0, 2 }))).all().ToBoolean());
        Assert.True(withoutHigh.Output.equal(network.Output.index_select(1, tensor(new long[] { 0, 1, 3 }))).all().ToBoolean());
        Assert.Throws<ArgumentOutOfRangeException>(() => NeuronPruner.ByScore(network, scores, 1, lowestFirst: true));
        Assert.Throws<ArgumentException>(() => NeuronPruner.ByScore(network, [1, 2], 0.5, lowestFirst: true));
    }

    [Fact]
    public void A_pruned_network_lacks_exactly_the_removed_neurons_share()
    {
        using var scope = NewDisposeScope();
        using var network = new QuadraticMlp(5, 6, new Seed(4), dtype: ScalarType.Float64);
        double[] scores = [6, 5, 4, 3, 2, 1];
        using var high = NeuronPruner.ByScore(network, scores, 0.5, lowestFirst: true);
        using var low = NeuronPruner.ByScore(network, scores, 0.5, lowestFirst: false);
        using var noGradient = no_grad();
        Tensor left = tensor(new long[] { 0, 1, 4 }), right = tensor(new long[] { 2, 3, 4 });
        Assert.True(allclose(network.Forward(left, right), high.Forward(left, right) + low.Forward(left, right), rtol: 1e-12, atol: 1e-14));
    }
}
