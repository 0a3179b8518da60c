namespace DailyPapers.Lab.Data;

/// <summary>Clusters by Lloyd's algorithm, with seeding that favours distant points (k-means++, Arthur and Vassilvitskii 2007).</summary>
public static class KMeans
{
    /// <summary>The cluster of each point, from 0 to <paramref name="clusters"/> − 1.</summary>
    /// <param name="points">n points of the same dimension.</param>
    /// <param name="clusters">From 1 to n.</param>
    /// <param name="seed">The stream of the first centres.</param>
    /// <param name="passes">Most passes over the points.</param>
    public static int[] Assign(IReadOnlyList<double[]> points, int clusters, Seed seed, int passes = 50)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, points.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        var centres = FirstCentres(points, clusters, seed.ToRandom());
        var assigned = new int[points.Count];
        for (var pass = 0; pass < passes; pass++)
        {
            var nearest = points.Select(point => Nearest(point, centres)).ToArray();
            if (pass > 0 && nearest.AsSpan().SequenceEqual(assigned))
                break;
            assigned = nearest;
            for (var cluster = 0; cluster < clusters; cluster++)
            {
                // A cluster that lost all its points keeps its centre.
                var members = Enumerable.Range(0, points.Count).Where(i => assigned[i] == cluster).ToArray();
                if (members.Length > 0)
                    centres[cluster] = [.. Enumerable.Range(0, points[0].Length).Select(coordinate => members.Average(i => points[i][coordinate]))];
            }
        }
        return assigned;
    }

    private static double[][] FirstCentres(IReadOnlyList<double[]> points, int clusters, Random random)
    {
        var centres = new List<double[]> { points[random.Next(points.Count)] };
        var distances = points.Select(point => SquaredDistance(point, centres[0])).ToArray();
        while (centres.Count < clusters)
        {
            var threshold = random.NextDouble() * distances.Sum();
            var chosen = 0;
            while (chosen + 1 < points.Count && (threshold -= distances[chosen]) > 0)
                chosen++;
            centres.Add(points[chosen]);
            for (var i = 0; i < distances.Length; i++)
                distances[i] = Math.Min(distances[i], SquaredDistance(points[i], centres[^1]));
        }
        return [.. centres];
    }

    private static int Nearest(double[] point, double[][] centres)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (var cluster = 0; cluster < centres.Length; cluster++)
            if (SquaredDistance(point, centres[cluster]) is var distance && distance < least)
                (best, least) = (cluster, distance);
        return best;
    }

    private static double SquaredDistance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
