using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using DailyPapers.Search.Vectors;
using DailyPapers.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace DailyPapers.Bench;

/// <summary>
/// How fast the nearest vectors are found, how many of the truly nearest are among them, and in how much memory, beside a
/// scan of all vectors as 32-bit floats in the same run.
/// </summary>
internal static class VectorBench
{
    private const int Hits = 20;
    private const int RowsPerWrite = 4096;
    private const int RowsPerScan = 65_536;

    // Until the code is compiled for speed.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static void Run(VectorSample sample, float[][] queries, int count, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("papers-vectors-").FullName;
        try
        {
            Build(folder, sample, count, cancellationToken);
            var found = Search(folder, sample.Dimensions, queries, cancellationToken);
            var (nearest, baseline) = ScanFloats(sample, queries, count, cancellationToken);
            foreach (var (kind, hits, time) in found)
            {
                Console.WriteLine(Invariant(
                    $"{kind,-24} recall@{Hits} {Recall(hits, nearest):0.0000}   float scan takes {baseline / time:0.0} times as long ({baseline:0.00} ms)"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Build(string folder, VectorSample sample, int count, CancellationToken cancellationToken)
    {
        using var index = VectorIndex.OpenToWrite(folder, "bench", sample.Dimensions, "bench", NullLogger.Instance)!;
        var (writing, committing) = (new Stopwatch(), new Stopwatch());
        for (var first = 0; first < count; first += RowsPerWrite)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vectors = new float[Math.Min(RowsPerWrite, count - first)][];
            Parallel.For(0, vectors.Length, i => sample.Make(first + i, vectors[i] = new float[sample.Dimensions]));
            writing.Start();
            index.Write([.. vectors.Select((vector, i) => (first + i + 1L, (ReadOnlyMemory<float>)vector))], new ContentVersion("bench", first + 1));
            writing.Stop();
            committing.Start();
            if (first / RowsPerWrite % 64 == 63)
                index.Commit();
            committing.Stop();
        }
        committing.Start();
        index.Commit();
        committing.Stop();
        var bytes = Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length);
        Console.WriteLine(Invariant(
            $"{count:N0} vectors of {sample.Dimensions} dimensions: written at {count / writing.Elapsed.TotalSeconds:N0} a second, commits {committing.Elapsed.TotalSeconds:0.0} s, {bytes / 1e6:N0} MB on disk"));
    }

    private static List<(string Kind, List<long[]> Hits, double Milliseconds)> Search(
        string folder, int dimensions, float[][] queries, CancellationToken cancellationToken)
    {
        var opening = Stopwatch.StartNew();
        using var index = VectorIndex.OpenToRead(folder, NullLogger.Instance)!;
        Console.WriteLine(Invariant($"opened and verified in {opening.Elapsed.TotalSeconds:0.00} s"));

        var everySecond = new Lazy<RowSet>(() => Allowed(index, paperId => paperId % 2 == 0));
        var results = new List<(string, List<long[]>, double)>();
        Time("by codes", query => index.Search(query, Hits, cancellationToken: cancellationToken), keep: true);
        Time("exact", query => index.Search(query, Hits, exact: true, cancellationToken: cancellationToken), keep: true);
        Time("half allowed", query => index.Search(query, Hits, everySecond.Value, cancellationToken: cancellationToken), keep: false);
        var few = Allowed(index, paperId => paperId % 1_000 == 0);
        Time("a thousandth allowed", query => index.Search(query, Hits, few, cancellationToken: cancellationToken), keep: false);
        TimeThroughput(index, queries, cancellationToken);
        Console.WriteLine("resident: " + string.Join(", ", File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmRSS", StringComparison.Ordinal) || line.StartsWith("Rss", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)))
            : [Invariant($"{Environment.WorkingSet / 1e6:N0} MB")]));
        return results;

        void Time(string kind, Func<float[], IReadOnlyList<VectorHit>> search, bool keep)
        {
            for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < WarmUp;)
            {
                foreach (var query in queries)
                    search(query);
            }
            var hits = new List<long[]>();
            var times = new List<double>();
            foreach (var query in queries)
            {
                var started = Stopwatch.GetTimestamp();
                var found = search(query);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                hits.Add([.. found.Select(hit => hit.PaperId)]);
            }
            times.Sort();
            Console.WriteLine(Invariant($"{kind,-24} p50 {times[times.Count / 2]:0.000} ms, p99 {times[times.Count * 99 / 100]:0.000} ms"));
            if (keep)
                results.Add((kind, hits, times[times.Count / 2]));
        }
    }

    private static void TimeThroughput(VectorIndex index, float[][] queries, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var rounds = Math.Max(1, 20_000_000 / Math.Max(1, index.Count) / queries.Length * 10);
        Parallel.For(0, rounds * queries.Length, i => index.Search(queries[i % queries.Length], Hits, cancellationToken: cancellationToken));
        Console.WriteLine(Invariant(
            $"{"all processors",-24} {rounds * queries.Length / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} searches a second"));
    }

    private static RowSet Allowed(VectorIndex index, Func<long, bool> isAllowed)
    {
        using var snapshot = index.Acquire();
        return RowSet.FromPapers(snapshot, Enumerable.Range(1, index.Count).Select(i => (long)i).Where(isAllowed));
    }

    // Makes the vectors again part by part; only the scan is timed, its parts are larger than the processor's cache.
    private static (List<long[]> Nearest, double Milliseconds) ScanFloats(
        VectorSample sample, float[][] queries, int count, CancellationToken cancellationToken)
    {
        var tops = queries.Select(_ => new TopHits(Hits)).ToArray();
        var part = new float[RowsPerScan * sample.Dimensions];
        var scanning = new Stopwatch();
        for (var first = 0; first < count; first += RowsPerScan)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (start, rows) = (first, Math.Min(RowsPerScan, count - first));
            Parallel.For(0, rows, i => sample.Make(start + i, part.AsSpan(i * sample.Dimensions, sample.Dimensions)));
            scanning.Start();
            for (var q = 0; q < queries.Length; q++)
            {
                for (var i = 0; i < rows; i++)
                    tops[q].Add(first + i + 1, TensorPrimitives.Dot(queries[q], part.AsSpan(i * sample.Dimensions, sample.Dimensions)));
            }
            scanning.Stop();
        }
        return (tops.Select(top => top.Take().Select(hit => hit.PaperId).ToArray()).ToList(), scanning.Elapsed.TotalMilliseconds / queries.Length);
    }

    private static double Recall(List<long[]> found, List<long[]> nearest) =>
        found.Zip(nearest, (a, b) => a.Intersect(b).Count() / (double)b.Length).Average();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
