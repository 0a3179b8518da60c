using DailyPapers.Lab.Architectures.Reservoir;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.Reservoir;

public sealed class ReadoutTests
{
    [Fact]
    public void The_readout_is_least_squares_with_a_penalty_of_the_weights()
    {
        using var scope = NewDisposeScope();
        double[] states = White(1, 400), targets = White(2, 100);
        var readout = RidgeReadout.Fit(states, targets, 50, 0.3);
        // Rows √λ I with targets 0 turn the penalty into least squares.
        var extended = cat([cat([tensor(states, [50, 8], float64), ones([50, 1], dtype: float64)], 1), eye(9, dtype: float64) * Math.Sqrt(0.3)], 0);
        var solution = linalg.lstsq(extended, cat([tensor(targets, [50, 2], float64), zeros([9, 2], dtype: float64)], 0)).Solution;
        for (var output = 0; output < 2; output++)
        {
            var expected = solution.select(1, output).data<double>().ToArray();
            for (var i = 0; i < 9; i++)
                Assert.Equal(expected[i], readout.Weights(output)[i], 1e-10);
        }
    }

    [Fact]
    public void A_larger_ridge_never_lowers_the_training_error()
    {
        double[] states = White(3, 360), targets = White(4, 30);
        double[] errors = [.. new[] { 1e-8, 1e-3, 1, 10, 1000 }.Select(ridge =>
            RidgeReadout.NormalizedError(RidgeReadout.Fit(states, targets, 30, ridge).Predict(states), targets, 1, 0))];
        Assert.Equal(errors.Order(), errors);
        Assert.True(errors[^1] > errors[0]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void A_shift_register_remembers_as_many_steps_as_it_has_cells(int cells)
    {
        const int delays = 40, first = 100, train = 1000;
        var targets = MemoryCapacity.Targets(White(5, 2200), delays, first);
        double[] states = [.. Enumerable.Range(0, 2100).SelectMany(t => targets[(t * delays)..(t * delays + cells)])]; // cell k holds u(t − k)
        var readout = RidgeReadout.Fit(states.AsSpan(0, train * cells), targets.AsSpan(0, train * delays), train, 1e-9);
        var capacity = MemoryCapacity.Compute(readout.Predict(states.AsSpan(train * cells)), targets.AsSpan(train * delays), delays, delays);
        Assert.Equal(cells, capacity, 0.01 * cells + 0.05);
    }

    [Fact]
    public void The_capacity_of_a_reservoir_is_at_most_its_size()
    {
        var inputs = White(6, 2100);
        var reservoir = EiReservoir.Create(new() { Units = 12, InDegree = 5, Gain = 3 }, new Seed(5));
        var states = reservoir.Run(inputs, 100);
        var targets = MemoryCapacity.Targets(inputs, 60, 100);
        var readout = RidgeReadout.Fit(states.AsSpan(0, 12_000), targets.AsSpan(0, 60_000), 1000, 1e-9);
        Assert.InRange(MemoryCapacity.Compute(readout.Predict(states.AsSpan(12_000)), targets.AsSpan(60_000), 60, 60), 2, 12);
    }

    [Fact]
    public void Targets_are_the_delayed_inputs() => Assert.Equal([2, 1, 3, 2, 4, 3], MemoryCapacity.Targets([0, 1, 2, 3, 4, 5], 2, 3));

    [Fact]
    public void Predicting_the_mean_has_a_normalised_error_of_one()
    {
        Assert.Equal(1, RidgeReadout.NormalizedError([4, 4, 4, 4], [1, 2, 4, 9], 1, 0), 1e-12);
        Assert.Equal(1, RidgeReadout.NormalizedError([0, 3, 0, 3], [7, 2, 8, 4], 2, 1), 1e-12);
    }

    [Fact]
    public void Degenerate_states_and_wrong_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RidgeReadout.Fit([1, 2, 3], [1, 2], 2, 1));
        Assert.Throws<ArgumentException>(() => RidgeReadout.Fit([1, 1, 1, 1], [1, 2], 2, 1e-300));
        Assert.Throws<ArgumentException>(() => MemoryCapacity.ByDelay([1, 2], [1, 2, 3], 1, 1));
    }

    private static double[] White(int seed, int count)
    {
        var random = new Seed(seed).ToRandom();
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
    }
}
