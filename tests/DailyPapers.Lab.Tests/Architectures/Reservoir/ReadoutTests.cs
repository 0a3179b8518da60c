using DailyPapers.Lab.Architectures.Reservoir;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.Reservoir;

public sealed class ReadoutTests
{
    [Fact]
    public void The_readout_is_least_squares_with_a_penalty_of_the_weights()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        var (states, targets) = (randn([50, 8], dtype: float64, generator: generator), randn([50, 2], dtype: float64, generator: generator));
        using var readout = RidgeReadout.Fit(states, targets, 0.3);
        // Rows √λ I with targets 0 turn the penalty into least squares.
        var extended = cat([cat([states, ones([50, 1], dtype: float64)], 1), eye(9, dtype: float64) * Math.Sqrt(0.3)], 0);
        var solution = linalg.lstsq(extended, cat([targets, zeros([9, 2], dtype: float64)], 0)).Solution;
        Assert.True(allclose(readout.Weights, solution, rtol: 1e-8, atol: 1e-10));
    }

    [Fact]
    public void A_larger_ridge_never_lowers_the_training_error()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(2).ToGenerator();
        var (states, targets) = (randn([30, 12], dtype: float64, generator: generator), randn([30, 1], dtype: float64, generator: generator));
        double[] errors = [.. new[] { 1e-8, 1e-3, 1, 10, 1000 }.Select(ridge =>
        {
            using var readout = RidgeReadout.Fit(states, targets, ridge);
            return RidgeReadout.NormalizedErrors(readout.Predict(states), targets)[0];
        })];
        Assert.Equal(errors.Order(), errors);
        Assert.True(errors[^1] > errors[0]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void A_shift_register_remembers_as_many_steps_as_it_has_cells(int cells)
    {
        using var scope = NewDisposeScope();
        var random = new Seed(3).ToRandom();
        double[] inputs = [.. Enumerable.Range(0, 2200).Select(_ => 2 * random.NextDouble() - 1)];
        const int delays = 40, first = 100, train = 1000;
        var targets = MemoryCapacity.Targets(inputs, delays, first);
        var states = targets.narrow(1, 0, cells); // cell k holds u(t − k)
        using var readout = RidgeReadout.Fit(states.narrow(0, 0, train), targets.narrow(0, 0, train), 1e-9);
        var capacity = MemoryCapacity.Compute(readout.Predict(states.narrow(0, train, 1100)), targets.narrow(0, train, 1100));
        Assert.Equal(cells, capacity, 0.01 * cells + 0.05);
    }

    [Fact]
    public void The_capacity_of_a_reservoir_is_at_most_its_size()
    {
        using var scope = NewDisposeScope();
        var random = new Seed(4).ToRandom();
        double[] inputs = [.. Enumerable.Range(0, 2100).Select(_ => 2 * random.NextDouble() - 1)];
        var reservoir = EiReservoir.Create(new() { Units = 12, InDegree = 5, Gain = 3 }, new Seed(5));
        var states = tensor(reservoir.Run(inputs, 100), [2000, 12], float64);
        var targets = MemoryCapacity.Targets(inputs, 60, 100);
        using var readout = RidgeReadout.Fit(states.narrow(0, 0, 1000), targets.narrow(0, 0, 1000), 1e-9);
        var capacity = MemoryCapacity.Compute(readout.Predict(states.narrow(0, 1000, 1000)), targets.narrow(0, 1000, 1000));
        Assert.InRange(capacity, 2, 12);
    }

    [Fact]
    public void Targets_are_the_delayed_inputs()
    {
        using var targets = MemoryCapacity.Targets([0, 1, 2, 3, 4, 5], 2, 3);
        Assert.Equal([2, 1, 3, 2, 4, 3], targets.data<double>().ToArray());
    }

    [Fact]
    public void Predicting_the_mean_has_a_normalised_error_of_one()
    {
        using var scope = NewDisposeScope();
        var targets = tensor(new double[] { 1, 2, 4, 9 }).unsqueeze(1);
        Assert.Equal(1, RidgeReadout.NormalizedErrors(full_like(targets, 4.0), targets)[0], 1e-12);
    }
}
