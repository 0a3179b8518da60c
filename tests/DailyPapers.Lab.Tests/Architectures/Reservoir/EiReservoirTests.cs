using DailyPapers.Lab.Architectures.Reservoir;

namespace DailyPapers.Lab.Tests.Architectures.Reservoir;

public sealed class EiReservoirTests
{
    private static readonly EiReservoirOptions _options = new() { Units = 60, InDegree = 10 };

    [Theory]
    [InlineData(-0.5, 1)]
    [InlineData(0, 4)]
    [InlineData(0.3, 8)]
    public void Balance_and_gain_are_as_asked_and_units_keep_their_sign(double balance, double gain)
    {
        var reservoir = EiReservoir.Create(_options with { Balance = balance, Gain = gain }, new Seed(1));
        Assert.Equal(balance, reservoir.Balance, 1e-12);
        var squares = 0.0;
        for (var unit = 0; unit < reservoir.Units; unit++)
            foreach (var weight in reservoir.Weights(unit))
                squares += weight * weight;
        Assert.Equal(gain, Math.Sqrt(squares / reservoir.Units), 1e-10);
        AssertDale(reservoir);
    }

    [Fact]
    public void Inputs_of_a_unit_come_from_different_units()
    {
        var reservoir = EiReservoir.Create(_options, new Seed(2));
        for (var unit = 0; unit < reservoir.Units; unit++)
            Assert.Equal(reservoir.InDegree, Enumerable.Range(0, reservoir.InDegree).Select(input => reservoir.Source(unit, input)).Distinct().Count());
    }

    [Fact]
    public void A_step_is_the_equation()
    {
        var reservoir = EiReservoir.Create(_options with { Leak = 0.3, Slope = 1.5, Bias = -0.4, InputScale = 0.7 }, new Seed(3));
        reservoir.Step(0.2);
        double[] before = [.. reservoir.Rates];
        reservoir.Step(-0.6);
        for (var unit = 0; unit < reservoir.Units; unit++)
        {
            var drive = reservoir.InputWeight(unit) * -0.6 - 0.4;
            for (var input = 0; input < reservoir.InDegree; input++)
                drive += reservoir.Weights(unit)[input] * before[reservoir.Source(unit, input)];
            Assert.Equal(0.7 * before[unit] + 0.3 * EiReservoir.Activation(drive, 1.5), reservoir.Rates[unit], 1e-12);
        }
    }

    [Fact]
    public void A_weakly_coupled_reservoir_forgets_its_start()
    {
        var reservoir = EiReservoir.Create(_options with { Gain = 1 }, new Seed(4));
        double[] inputs = [.. Enumerable.Range(0, 100).Select(t => Math.Sin(t))];
        var fromHalf = reservoir.Run(inputs, 99);
        Array.Fill(reservoir.Rates, 0.99);
        foreach (var input in inputs)
            reservoir.Step(input);
        Assert.All(fromHalf.Zip(reservoir.Rates), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Mean_rates_are_means_of_the_run()
    {
        var reservoir = EiReservoir.Create(_options, new Seed(5));
        double[] inputs = [.. Enumerable.Range(0, 50).Select(t => Math.Cos(t))];
        var states = reservoir.Run(inputs, 10);
        var means = reservoir.MeanRates(inputs, 10);
        Assert.Equal(Enumerable.Range(0, 40).Average(t => states[t * reservoir.Units + 7]), means[7], 1e-12);
    }

    [Theory]
    [InlineData(0.01, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(0.93, 3)]
    public void The_inverse_activation_inverts(double rate, double slope) =>
        Assert.Equal(rate, EiReservoir.Activation(EiReservoir.InverseActivation(rate, slope), slope), 1e-12);

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EiReservoir.Create(_options with { Balance = 1 }, new Seed(1)));
        Assert.Throws<ArgumentException>(() => EiReservoir.Create(_options with { InDegree = 80 }, new Seed(1)));
        Assert.Throws<ArgumentException>(() => EiReservoir.Create(_options with { Leak = 0 }, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EiReservoir.InverseActivation(1, 1));
    }

    internal static void AssertDale(EiReservoir reservoir)
    {
        for (var unit = 0; unit < reservoir.Units; unit++)
        {
            for (var input = 0; input < reservoir.InDegree; input++)
            {
                var excitatory = reservoir.Source(unit, input) < reservoir.ExcitatoryUnits;
                Assert.Equal(input < reservoir.ExcitatoryInputs, excitatory);
                Assert.True(excitatory ? reservoir.Weights(unit)[input] >= 0 : reservoir.Weights(unit)[input] <= 0);
            }
        }
    }
}
