using DailyPapers.Lab.Data;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Data;

public sealed class SubpopulationDataTests
{
    [Fact]
    public void Examples_lie_about_the_centre_of_their_subpopulation_and_have_its_class()
    {
        using var scope = NewDisposeScope();
        using var clusters = new GaussianSubpopulations(4, 50, 3, 0.3, new Seed(1));
        var (inputs, labels) = clusters.Sample([.. Enumerable.Repeat(2, 400), .. Enumerable.Repeat(3, 400)], new Seed(2));
        Assert.All(labels.data<long>().ToArray()[..400], label => Assert.Equal(clusters.Classes[2], label));
        Assert.Equal(0.3, inputs.narrow(0, 0, 400).std(0).mean().item<float>(), 0.01);
        // Two centres differ by N(0, 2) in each of 50 coordinates.
        var apart = (inputs.narrow(0, 0, 400).mean([0L]) - inputs.narrow(0, 400, 400).mean([0L])).norm().item<float>();
        Assert.InRange(apart, 6, 14);
    }

    [Fact]
    public void Separated_clusters_are_found()
    {
        var random = new Seed(3).ToRandom();
        var points = Enumerable.Range(0, 90).Select(i => new[] { 10.0 * (i % 3) + random.NextDouble(), random.NextDouble() }).ToArray();
        var assigned = KMeans.Assign(points, 3, new Seed(4));
        Assert.Equal(3, assigned.Distinct().Count());
        for (var i = 0; i < 90; i++)
            Assert.Equal(assigned[i % 3], assigned[i]);
    }

    [Fact]
    public void Passes_bring_points_nearer_to_the_mean_of_their_cluster()
    {
        var random = new Seed(5).ToRandom();
        var points = Enumerable.Range(0, 200).Select(_ => new[] { random.NextDouble(), random.NextDouble() }).ToArray();
        double[] distortions = [.. Enumerable.Range(1, 8).Select(passes => Distortion(points, KMeans.Assign(points, 6, new Seed(6), passes)))];
        Assert.All(distortions.Zip(distortions.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1e-9));
        Assert.True(distortions[^1] < distortions[0]);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Assign([[1.0]], 2, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianSubpopulations(3, 2, 1, 0.1, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianSubpopulations(3, 2, 2, 0, new Seed(1)));
    }

    private static double Distortion(double[][] points, int[] assigned) =>
        Enumerable.Range(0, points.Length).GroupBy(i => assigned[i]).Sum(cluster =>
            Enumerable.Range(0, 2).Sum(k => cluster.Sum(i => Math.Pow(points[i][k] - cluster.Average(j => points[j][k]), 2))));
}
