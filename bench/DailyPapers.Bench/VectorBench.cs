using System.Diagnostics;
using System.Numerics.Tensors;
using DailyPapers.Embedding;
using DailyPapers.Search.Vectors;
using DailyPapers.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace DailyPapers.Bench;

/// <summary>
/// How fast the nearest of very many vectors are found, how many of the truly nearest are among them, and in how much memory,
/// beside a scan of all vectors as 32-bit floats in the same run.
/// </summary>
internal static class VectorBench
{
    // Papers' vectors are as far from their nearest as this turns a vector away: the median cosine is 0.61 for both.
    public const float UsualNoise = 1.3f;

    private const int Hits = 20;
    private const int ManyHits = 200;
    private const int Searches = 200;
    private const int Seed = 20260102;
    private const int RowsPerWrite = 4096;
    private const int RowsPerScan = 65_536;

    public static void Run(FileInfo corpus, float noise, int count, CancellationToken cancellationToken)
    {
        Console.WriteLine();
        var (bases, queries) = Read(corpus);
        foreach (var rows in new[] { Math.Min(bases.Length, count), count }.Distinct())
            Run(new VectorSample(bases, noise), queries, rows, cancellationToken);
    }

    // Whole papers are searched by titles.
    private static (float[][] Bases, float[][] Queries) Read(FileInfo corpus)
    {
        var papers = CorpusReader.Batches(corpus, 1_000).SelectMany(batch => batch).ToArray();
        new Random(Seed).Shuffle(papers);
        var texts = Array.ConvertAll(papers, paper => PaperText.Compose(paper.Title, paper.Keywords, paper.Abstract, StaticEmbeddingModel.Shipped.TitleCount));
        var clock = Stopwatch.StartNew();
        var vectors = Array.ConvertAll(texts, Embed);
        Console.WriteLine(Machine.Invariant(
            $"embedding a paper (title {StaticEmbeddingModel.Shipped.TitleCount} times, keywords, abstract): {clock.Elapsed.TotalMicroseconds / texts.Length:0.0} µs in one thread, {texts.Average(text => text.Length):0} characters in the mean"));
        return ([.. vectors.Where(IsNotZero)], [.. papers.Take(Searches).Select(paper => EmbedQuery(paper.Title)).Where(IsNotZero)]);
    }

    private static void Run(VectorSample sample, float[][] queries, int count, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("papers-vectors-").FullName;
        try
        {
            Build(folder, sample, count, cancellationToken);
            var found = Search(folder, sample, queries, cancellationToken);
            var (nearest, baseline) = ScanFloats(sample, queries, count, cancellationToken);
            foreach (var (kind, hits, time) in found)
            {
                Console.WriteLine(Machine.Invariant(
                    $"{kind,-24} recall@{hits[0].Length} {Recall(hits, nearest):0.0000}   float scan takes {baseline / time:0.0} times as long ({baseline:0.00} ms)"));
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
        Console.WriteLine(Machine.Invariant(
            $"{count:N0} vectors of {sample.Dimensions} dimensions: written at {count / writing.Elapsed.TotalSeconds:N0} a second, commits {committing.Elapsed.TotalSeconds:0.0} s, {bytes / 1e6:N0} MB on disk"));
    }

    private static List<(string Kind, List<long[]> Hits, double Milliseconds)> Search(
        string folder, VectorSample sample, float[][] queries, CancellationToken cancellationToken)
    {
        // What the bench itself holds is told apart from what the index takes.
        GC.Collect();
        Console.WriteLine($"before it is opened {Machine.Resident}");
        var opening = Stopwatch.StartNew();
        using var index = VectorIndex.OpenToRead(folder, NullLogger.Instance)!;
        Console.WriteLine(Machine.Invariant($"opened and verified in {opening.Elapsed.TotalSeconds:0.00} s, {Machine.Resident}"));
        PrintHardness(index, sample, queries);

        var everySecond = Allowed(index, paperId => paperId % 2 == 0);
        var few = Allowed(index, paperId => paperId % 1_000 == 0);
        var results = new List<(string, List<long[]>, double)>();
        Time("by codes", query => index.Search(query, Hits, cancellationToken: cancellationToken), keep: true);
        Time("by codes, 200 hits", query => index.Search(query, ManyHits, cancellationToken: cancellationToken), keep: true);
        Time("exact", query => index.Search(query, Hits, exact: true, cancellationToken: cancellationToken), keep: true);
        Time("half allowed", query => index.Search(query, Hits, everySecond, cancellationToken: cancellationToken), keep: false);
        Time("a thousandth allowed", query => index.Search(query, Hits, few, cancellationToken: cancellationToken), keep: false);
        TimeThroughput(index, queries, cancellationToken);
        Console.WriteLine(Machine.Resident);
        return results;

        void Time(string kind, Func<float[], IReadOnlyList<VectorHit>> search, bool keep)
        {
            var times = Times.Of(queries, query => search(query));
            Console.WriteLine(Machine.Invariant($"{kind,-24} {times} ms"));
            if (keep)
                results.Add((kind, [.. queries.Select(query => search(query).Select(hit => hit.PaperId).ToArray())], times.Median));
        }
    }

    // Noise is honest only when further vectors lie as near as papers do: farther ones would be told apart too easily.
    private static void PrintHardness(VectorIndex index, VectorSample sample, float[][] queries)
    {
        var neighbours = new List<float>();
        var gaps = new List<(float Best, float Last, float Deep)>();
        var vector = new float[sample.Dimensions];
        for (var i = 0; i < queries.Length; i++)
        {
            sample.Make(i * 7919 % index.Count, vector);
            neighbours.Add(index.Search(vector, 2, exact: true)[1].Score);
            var hits = index.Search(queries[i], 1_000, exact: true);
            gaps.Add((hits[0].Score, hits[Hits - 1].Score, hits[^1].Score));
        }
        Console.WriteLine(Machine.Invariant(
            $"median cosines: of a vector and its nearest {Median(neighbours):0.000}; of a query and its 1st {Median(gaps.Select(g => g.Best)):0.000}, {Hits}th {Median(gaps.Select(g => g.Last)):0.000} and 1,000th hit {Median(gaps.Select(g => g.Deep)):0.000}"));
    }

    private static float Median(IEnumerable<float> values) => values.Order().ElementAt(values.Count() / 2);

    private static void TimeThroughput(VectorIndex index, float[][] queries, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var searches = 0;
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3))
        {
            Parallel.For(0, queries.Length, i => index.Search(queries[i], Hits, cancellationToken: cancellationToken));
            searches += queries.Length;
        }
        Console.WriteLine(Machine.Invariant($"{"all processors",-24} {searches / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} searches a second"));
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
        var tops = queries.Select(_ => new TopHits(ManyHits)).ToArray();
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
        found.Zip(nearest, (a, b) => a.Intersect(b.Take(a.Length)).Count() / (double)a.Length).Average();

    private static float[] Embed(string text)
    {
        var vector = new float[StaticEmbeddingModel.Shipped.Dimensions];
        StaticEmbeddingModel.Shipped.Embed(text, vector);
        return vector;
    }

    private static float[] EmbedQuery(string text)
    {
        var vector = new float[StaticEmbeddingModel.Shipped.Dimensions];
        StaticEmbeddingModel.Shipped.EmbedQuery(text, vector);
        return vector;
    }

    private static bool IsNotZero(float[] vector) => vector.Any(x => x != 0);
}
