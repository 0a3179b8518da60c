using DailyPapers.Lab.Architectures.Reservoir;

namespace DailyPapers.Lab.Tests.Architectures.Reservoir;

public sealed class TargetRateTests
{
    private static readonly EiReservoirOptions _options = new() { Units = 100, InDegree = 20, Gain = 3 };

    private static double[] Inputs(int count)
    {
        var random = new Seed(9).ToRandom();
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
    }

    [Theory]
    [InlineData(0.35)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void Adaptation_brings_every_unit_to_its_rate_and_keeps_signs(double rate)
    {
        var reservoir = EiReservoir.Create(_options, new Seed(1));
        var inputs = Inputs(4200);
        var before = Error(reservoir.MeanRates(inputs, 200), rate);
        var report = InhibitoryHomeostasis.Adapt(reservoir, TargetRates.Homogeneous(100, rate), inputs);
        var after = Error(reservoir.MeanRates(inputs, 200), rate);
        Assert.Equal(0, report.Disinhibited);
        Assert.True(after < 0.01 && after < before / 10, $"{before} before, {after} after: {string.Join(" ", report.Errors)}");
        EiReservoirTests.AssertDale(reservoir);
    }

    [Fact]
    public void A_unit_that_needs_more_than_no_inhibition_is_counted()
    {
        // Without inhibition at all, a strongly negative bias keeps rates low.
        var reservoir = EiReservoir.Create(_options with { Gain = 0.5, Bias = -4 }, new Seed(2));
        var report = InhibitoryHomeostasis.Adapt(reservoir, TargetRates.Homogeneous(100, 0.8), Inputs(1000));
        Assert.Equal(100, report.Disinhibited);
        Assert.All(reservoir.MeanRates(Inputs(300), 100), rate => Assert.True(rate < 0.8));
    }

    [Fact]
    public void Excitatory_weights_are_left_alone()
    {
        var (reservoir, original) = (EiReservoir.Create(_options, new Seed(3)), EiReservoir.Create(_options, new Seed(3)));
        InhibitoryHomeostasis.Adapt(reservoir, TargetRates.Homogeneous(100, 0.3), Inputs(1000));
        Assert.Equal(original.Weights(5)[..original.ExcitatoryInputs].ToArray(), reservoir.Weights(5)[..reservoir.ExcitatoryInputs].ToArray());
        Assert.NotEqual(original.Weights(5)[original.ExcitatoryInputs..].ToArray(), reservoir.Weights(5)[reservoir.ExcitatoryInputs..].ToArray());
    }

    [Fact]
    public void One_step_makes_targets_a_fixed_point_for_constant_input()
    {
        var reservoir = EiReservoir.Create(_options, new Seed(4));
        var targets = TargetRates.Uniform(100, 0.2, 0.6, new Seed(5));
        Assert.Equal(0, OneStepBalance.Apply(reservoir, targets, meanInput: 0.4));
        targets.CopyTo(reservoir.Rates, 0);
        reservoir.Step(0.4);
        Assert.All(targets.Zip(reservoir.Rates), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        EiReservoirTests.AssertDale(reservoir);
    }

    [Fact]
    public void Uniform_targets_have_the_mean_of_their_ends()
    {
        var targets = TargetRates.Uniform(101, 0.1, 0.5, new Seed(6));
        Assert.Equal(0.3, targets.Average(), 1e-12);
        Assert.All(targets, target => Assert.InRange(target, 0.1, 0.5));
        Assert.NotEqual(targets.Order(), targets);
    }

    [Fact]
    public void Log_normal_targets_have_their_median_and_bound()
    {
        var targets = TargetRates.LogNormal(20_000, 0.1, 0.5, 0.9, new Seed(7));
        Assert.Equal(0.1, targets.Order().ElementAt(10_000), 0.003);
        Assert.InRange(targets.Max(), 0.3, 0.9);
        Assert.Equal(0.5, Math.Sqrt(targets.Average(target => Math.Pow(Math.Log(target / 0.1), 2))), 0.02);
    }

    [Fact]
    public void Targets_outside_the_range_of_rates_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TargetRates.Homogeneous(3, 1));
        Assert.Throws<ArgumentException>(() => OneStepBalance.Apply(EiReservoir.Create(_options, new Seed(1)), [0.5], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TargetRates.LogNormal(3, 0.5, 1, 0.4, new Seed(1)));
    }

    private static double Error(double[] means, double target) => means.Average(mean => Math.Abs(mean - target));
}
