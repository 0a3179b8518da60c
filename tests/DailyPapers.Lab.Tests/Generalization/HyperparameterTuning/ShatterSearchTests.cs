using DailyPapers.Lab.Generalization.HyperparameterTuning;

namespace DailyPapers.Lab.Tests.Generalization.HyperparameterTuning;

public sealed class ShatterSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Counters_are_shattered_with_the_jumps_they_declare(int functions)
    {
        var (counter, gray) = (CountingFamilies.BinaryCounter(functions), CountingFamilies.GrayCode(functions));
        Assert.Equal(functions, ShatterSearch.LargestShattered(counter).Size);
        Assert.Equal(functions, ShatterSearch.LargestShattered(gray).Size);
        Assert.Equal((1 << functions) - 1, counter.Max(function => function.Jumps));
        Assert.Equal(1 << (functions - 1), gray.Max(function => function.Jumps));
        Assert.Equal((1 << functions) - 1, gray.Sum(function => function.Jumps));
    }

    [Fact]
    public void The_set_found_shows_every_pattern_and_none_larger_exists()
    {
        var random = new Seed(3).ToRandom();
        for (var trial = 0; trial < 20; trial++)
        {
            PiecewiseConstant[] duals = [.. Enumerable.Range(0, 5).Select(_ => Draw(random, 6))];
            var found = ShatterSearch.LargestShattered(duals);
            Assert.True(Shattered(duals, [.. found.Tasks], [.. found.Thresholds]));
            Assert.Equal(LargestByEnumeration(duals), found.Size);
        }
    }

    [Fact]
    public void Constants_shatter_nothing()
    {
        Assert.Equal(0, ShatterSearch.LargestShattered([new(0, 1, [], [3]), new(0, 1, [], [4])]).Size);
        Assert.Throws<ArgumentException>(() => ShatterSearch.LargestShattered([]));
    }

    private static PiecewiseConstant Draw(Random random, int jumps) => new(
        0, 1, [.. Enumerable.Range(0, jumps).Select(_ => random.NextDouble()).Order()], [.. Enumerable.Range(0, jumps + 1).Select(_ => (double)random.Next(3))]);

    private static bool Shattered(PiecewiseConstant[] duals, int[] tasks, double[] thresholds)
    {
        double[] cells = [0, .. duals.SelectMany(dual => dual.BreakPoints)];
        return cells.Select(alpha => string.Concat(tasks.Select((task, i) => duals[task].At(alpha) >= thresholds[i] ? '1' : '0'))).Distinct().Count() == 1 << tasks.Length;
    }

    // Each dual is left out, or takes part with threshold 1 or 2.
    private static int LargestByEnumeration(PiecewiseConstant[] duals)
    {
        var largest = 0;
        for (var code = 0; code < Math.Pow(3, duals.Length); code++)
        {
            int[] choices = [.. Enumerable.Range(0, duals.Length).Select(i => code / (int)Math.Pow(3, i) % 3)];
            int[] tasks = [.. Enumerable.Range(0, duals.Length).Where(i => choices[i] > 0)];
            if (tasks.Length > largest && Shattered(duals, tasks, [.. tasks.Select(task => (double)choices[task])]))
                largest = tasks.Length;
        }
        return largest;
    }
}
