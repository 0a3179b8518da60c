using DailyPapers.Lab.Generalization.HyperparameterTuning;

namespace DailyPapers.Lab.Runner.Papers.HyperparameterSampleComplexity;

/// <summary>The combinatorial claims: how many tasks can be shattered, and how often a maximum over weights jumps.</summary>
internal static class CountingExperiments
{
    /// <summary>Duals in a random family.</summary>
    internal const int FamilySize = 12;

    /// <summary>Jumps of each dual in the random families.</summary>
    internal static readonly int[] FamilyJumps = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>Functions in the constructed families; their jumps reach 2^m − 1.</summary>
    internal static readonly int[] CounterSizes = [.. Enumerable.Range(1, 12)];

    /// <summary>Boxes.</summary>
    internal static readonly int[] BoxCounts = [4, 8, 16, 32, 64, 128, 256];

    /// <summary>Sizes of the largest shattered set of binary counters, by exhaustive search.</summary>
    internal static double[] CounterShattered() =>
        [.. CounterSizes.Select(size => (double)ShatterSearch.LargestShattered(CountingFamilies.BinaryCounter(size)).Size)];

    /// <summary>Jumps of the fastest function of each binary counter.</summary>
    internal static double[] CounterJumps() =>
        [.. CounterSizes.Select(size => (double)CountingFamilies.BinaryCounter(size).Max(function => function.Oscillations()))];

    // #region families
    /// <summary>
    /// The largest shattered sets of random families: <see cref="FamilySize"/> duals of N jumps at uniform places, with values drawn
    /// from three levels, so that thresholds are free.
    /// </summary>
    internal static double[] RandomShattered(int jumps, int families, Seed seed, CancellationToken cancellation)
    {
        var sizes = new double[families];
        for (var family = 0; family < families; family++)
        {
            cancellation.ThrowIfCancellationRequested();
            var random = seed.Stream($"{jumps} jumps, family {family}").ToRandom();
            sizes[family] = ShatterSearch.LargestShattered([.. Enumerable.Range(0, FamilySize).Select(_ => RandomDual(jumps, random))]).Size;
        }
        return sizes;
    }

    private static PiecewiseConstant RandomDual(int jumps, Random random)
    {
        double[] places = [.. Enumerable.Range(0, jumps).Select(_ => random.NextDouble()).Order()];
        var levels = new double[jumps + 1];
        levels[0] = random.Next(3);
        for (var i = 1; i < levels.Length; i++)
            levels[i] = (levels[i - 1] + random.Next(1, 3)) % 3; // another level, so that every place is a jump
        return new(0, 1, places, levels);
    }
    // #endregion families

    /// <summary>Jumps of the maximum over w, one a trial and size: boxes that partition, then boxes that may overlap.</summary>
    internal static (double[][] Cut, double[][] Scattered) BoxJumps(int trials, int weights, Seed seed, CancellationToken cancellation)
    {
        double[][] Count(Func<int, Random, BoxPartition> make, string name) => [.. BoxCounts.Select(boxes =>
        {
            cancellation.ThrowIfCancellationRequested();
            var random = seed.Stream($"{name}, {boxes} boxes").ToRandom();
            return Enumerable.Range(0, trials).Select(_ => (double)make(boxes, random).Maximum().Jumps).ToArray();
        })];

        return (Count((boxes, random) => BoxPartition.Cut(boxes, weights, random), "cut"), Count(BoxPartition.Scatter, "scattered"));
    }
}
