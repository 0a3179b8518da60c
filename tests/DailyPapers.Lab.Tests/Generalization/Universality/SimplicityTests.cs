using DailyPapers.Lab.Generalization.Universality;

namespace DailyPapers.Lab.Tests.Generalization.Universality;

public sealed class SimplicityTests
{
    [Fact]
    public void A_product_of_one_factor_is_uniform() => Assert.Equal(0.37, new ProductPrior(1).Weight(0.37), 1e-12);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_weight_of_a_product_is_its_frequency(int depth)
    {
        var random = new Seed(depth).ToRandom();
        const int count = 100_000;
        var below = Enumerable.Range(0, count).Count(_ => Enumerable.Range(0, depth).Aggregate(1.0, (product, _) => product * random.NextDouble()) <= 0.05);
        // The standard error of a frequency of 100,000 is at most 0.0016.
        Assert.Equal(below / (double)count, new ProductPrior(depth).Weight(0.05), 0.006);
    }

    [Fact]
    public void The_regret_of_a_uniform_prior_is_the_closed_form_of_many_samples()
    {
        // Away from the edges: E ln N(z; θ₀, 1/n) − ln ½ = ½ ln(n / 2π) − ½ + ln 2.
        const double samples = 4096;
        var expected = 0.5 * Math.Log(samples / (2 * Math.PI)) - 0.5 + Math.Log(2);
        Assert.Equal(expected, new ProductPrior(1).GaussianRegret(0.3, samples), 2e-3);
        // At the edge half of the ball is missing on average.
        Assert.True(new ProductPrior(1).GaussianRegret(1, samples) > expected + 0.5);
    }

    [Fact]
    public void Regret_at_zero_falls_with_depth_and_lies_below_the_weight_bound()
    {
        const double samples = 1000;
        var last = double.PositiveInfinity;
        foreach (var depth in new[] { 1, 2, 4, 8 })
        {
            var prior = new ProductPrior(depth);
            var regret = prior.GaussianRegret(0, samples);
            Assert.InRange(regret, 0, last);
            // D(0 ‖ θ) = θ²/2.
            foreach (var radius in new[] { 0.01, 0.03, 0.1 })
                Assert.True(regret <= samples * radius * radius / 2 - Math.Log(prior.Weight(radius)));
            last = regret;
        }
    }

    [Fact]
    public void Signs_do_not_matter() =>
        Assert.Equal(new ProductPrior(3).GaussianRegret(0.4, 300), new ProductPrior(3).GaussianRegret(-0.4, 300), 1e-9);

    [Fact]
    public void Words_are_those_of_Lempel_and_Ziv()
    {
        // The example of their paper: 0 · 001 · 10 · 100 · 1000 · 101.
        Assert.Equal(6, BooleanFunction.Words([.. "0001101001000101".Select(letter => letter == '1')]));
        Assert.Equal(2, BooleanFunction.Words(new bool[50]));
    }

    [Fact]
    public void Constants_are_simplest_and_complement_changes_nothing()
    {
        Assert.Equal(7, new BooleanFunction(UInt128.Zero, 7).Complexity());
        Assert.Equal(7, new BooleanFunction(UInt128.MaxValue, 7).Complexity());
        var random = new Seed(1).ToRandom();
        for (var i = 0; i < 50; i++)
        {
            var table = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
            var function = new BooleanFunction(table, 7);
            Assert.True(function.Complexity() > 7);
            Assert.Equal(function.Complexity(), new BooleanFunction(~table, 7).Complexity());
        }
    }

    [Fact]
    public void Distance_counts_inputs()
    {
        Assert.Equal(3, new BooleanFunction(0b1011, 2).Distance(new BooleanFunction(0b0110, 2)));
        Assert.Equal(128, new BooleanFunction(UInt128.Zero, 7).Distance(new BooleanFunction(UInt128.MaxValue, 7)));
    }

    [Fact]
    public void One_threshold_neuron_gives_monotone_functions_and_every_network_is_counted()
    {
        var frequencies = new RandomBooleanNetworks(2, 1).Sample(3000, new Seed(5), TestContext.Current.CancellationToken);
        Assert.Equal(3000, frequencies.Values.Sum());
        // A single ReLU neuron is linear where it is positive: exclusive or and its complement are out of reach.
        Assert.DoesNotContain(new BooleanFunction(0b0110, 2), frequencies.Keys);
        Assert.DoesNotContain(new BooleanFunction(0b1001, 2), frequencies.Keys);
        Assert.True(frequencies.Count >= 8);
        Assert.Equal(frequencies, new RandomBooleanNetworks(2, 1).Sample(3000, new Seed(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProductPrior(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProductPrior(1).Weight(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProductPrior(1).GaussianRegret(1.1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomBooleanNetworks(8, 4));
    }
}
