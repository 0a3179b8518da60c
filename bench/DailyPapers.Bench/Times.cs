using System.Diagnostics;

namespace DailyPapers.Bench;

/// <summary>
/// How long each of some queries took: the least of several rounds, so that what other programs do meanwhile counts little,
/// for every system alike. A round before them warms code and caches.
/// </summary>
internal sealed class Times
{
    public const int Rounds = 4;

    private readonly double[] _sorted;

    private Times(double[] milliseconds)
    {
        _sorted = milliseconds;
        Array.Sort(_sorted);
    }

    public double Median => At(0.5);

    public double P99 => At(0.99);

    public static Times Of<T>(IReadOnlyList<T> queries, Action<T> search) => OfAsync(queries, query =>
    {
        search(query);
        return ValueTask.CompletedTask;
    }).GetAwaiter().GetResult();

    public static async Task<Times> OfAsync<T>(IReadOnlyList<T> queries, Func<T, ValueTask> search)
    {
        var least = new double[queries.Count];
        Array.Fill(least, double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < queries.Count; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await search(queries[i]);
                if (round > 0)
                    least[i] = Math.Min(least[i], Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }
        return new Times(least);
    }

    /// <summary>Takes over what another process measured, round by round.</summary>
    public static Times OfRounds(double[][] rounds) =>
        new([.. Enumerable.Range(0, rounds[0].Length).Select(i => rounds.Skip(1).Min(round => round[i]))]);

    /// <summary>Times of queries that were asked once.</summary>
    public static Times OfOnce(IEnumerable<double> milliseconds) => new([.. milliseconds]);

    public override string ToString() => Machine.Invariant($"p50 {Median,7:F3} p99 {P99,7:F3}");

    private double At(double share) => _sorted[(int)Math.Min(_sorted.Length - 1, share * _sorted.Length)];
}
