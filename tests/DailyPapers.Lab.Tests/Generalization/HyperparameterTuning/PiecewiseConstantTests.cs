using DailyPapers.Lab.Generalization.HyperparameterTuning;

namespace DailyPapers.Lab.Tests.Generalization.HyperparameterTuning;

public sealed class PiecewiseConstantTests
{
    private static readonly double[] _probes = [.. Enumerable.Range(0, 997).Select(i => i / 996.0)];

    private static PiecewiseConstant Draw(Random random, int jumps) => new(
        0, 1, [.. Enumerable.Range(0, jumps).Select(_ => random.NextDouble()).Order()], [.. Enumerable.Range(0, jumps + 1).Select(_ => (double)random.Next(4))]);

    [Fact]
    public void Maximum_mean_and_difference_agree_with_every_point()
    {
        var random = new Seed(1).ToRandom();
        for (var trial = 0; trial < 50; trial++)
        {
            PiecewiseConstant[] functions = [.. Enumerable.Range(0, 1 + trial % 7).Select(_ => Draw(random, random.Next(12)))];
            var (maximum, mean) = (PiecewiseConstant.Max(functions), PiecewiseConstant.Mean(functions));
            var difference = functions[0].Minus(functions[^1]);
            foreach (var alpha in _probes.Concat(functions.SelectMany(function => function.BreakPoints)))
            {
                Assert.Equal(functions.Max(function => function.At(alpha)), maximum.At(alpha));
                Assert.Equal(functions.Average(function => function.At(alpha)), mean.At(alpha), 1e-12);
                Assert.Equal(functions[0].At(alpha) - functions[^1].At(alpha), difference.At(alpha));
            }
            Assert.Subset(functions.SelectMany(function => function.BreakPoints).ToHashSet(), maximum.BreakPoints.ToHashSet());
            Assert.Equal(mean.Largest, mean.At(mean.Maximiser));
        }
    }

    [Fact]
    public void Equal_neighbours_are_one_piece_and_oscillations_count_crossings_of_one_level()
    {
        var stairs = new PiecewiseConstant(0, 1, [0.2, 0.4, 0.6, 0.8], [0, 1, 1, 2, 3]);
        Assert.Equal([0.2, 0.6, 0.8], stairs.BreakPoints);
        Assert.Equal(1, stairs.Oscillations());
        Assert.Equal(3, new PiecewiseConstant(0, 1, [0.2, 0.4, 0.6], [0, 1, 0, 1]).Oscillations());
        Assert.Equal(0.9, stairs.Maximiser, 1e-12);
    }

    [Fact]
    public void A_function_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new PiecewiseConstant(1, 1, [], [0]));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstant(0, 1, [0.5], [0]));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstant(0, 1, [0.5, 0.5], [0, 1, 2]));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstant(0, 1, [1], [0, 1]));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstant(0, 1, [], [double.NaN]));
        Assert.Throws<ArgumentException>(() => PiecewiseConstant.Max([]));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstant(0, 1, [], [0]).Minus(new PiecewiseConstant(0, 2, [], [0])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PiecewiseConstant(0, 1, [], [0]).At(1.5));
    }
}
