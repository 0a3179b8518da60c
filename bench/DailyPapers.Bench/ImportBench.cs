using System.Diagnostics;
using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Bench;

/// <summary>Stores a corpus through the intake while index and vectors follow, as the service does, and builds both anew from the database.</summary>
internal static class ImportBench
{
    private const int BatchSize = 500;

    private static double CpuSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Fills a data directory that is empty; then, or with <paramref name="buildAnew"/>, builds index and vectors from the database.</summary>
    public static async Task EnsureAsync(DirectoryInfo folder, FileInfo corpus, bool buildAnew, CancellationToken cancellationToken)
    {
        var isNew = false;
        await using (var bench = await BenchData.OpenAsync(folder, cancellationToken))
        {
            if (await CountAsync(bench, cancellationToken) == 0)
            {
                isNew = true;
                await StoreAsync(bench, corpus, cancellationToken);
            }
        }
        if (isNew || buildAnew)
        {
            Remove(new DataDirectory(folder.FullName).IndexDirectory);
            Remove(new DataDirectory(folder.FullName).VectorsDirectory);
        }
        await using (var bench = await BenchData.OpenAsync(folder, cancellationToken))
            await BuildAsync(bench, cancellationToken);
    }

    private static async Task StoreAsync(BenchData bench, FileInfo corpus, CancellationToken cancellationToken)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), CpuSeconds);
        var records = 0;
        var storing = Task.Run(
            async () =>
            {
                foreach (var batch in CorpusReader.Batches(corpus, BatchSize))
                {
                    await bench.Get<PaperIntake>().StoreAsync(batch, cancellationToken: cancellationToken);
                    records += batch.Length;
                }
            },
            cancellationToken);
        await Task.WhenAll(bench.Get<IndexCatchUp>().RunDuringAsync(storing, null, cancellationToken), EmbedDuringAsync(bench.Get<SemanticIndex>(), storing, cancellationToken));
        Console.WriteLine(Machine.Invariant(
            $"import with index and vectors: {records:N0} records, {await CountAsync(bench, cancellationToken):N0} papers, {records / clock.Elapsed.TotalSeconds:N0} a second ({clock.Elapsed.TotalSeconds:F1} s, {CpuSeconds - cpu:F1} s of processor time)"));
    }

    private static async Task EmbedDuringAsync(SemanticIndex vectors, Task work, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            await vectors.AdvanceAsync(null, cancellationToken);
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken));
        }
        await vectors.AdvanceAsync(null, cancellationToken);
    }

    private static async Task BuildAsync(BenchData bench, CancellationToken cancellationToken)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), CpuSeconds);
        var indexing = FinishAsync(bench.Get<IndexCatchUp>().RunAsync(null, cancellationToken));
        var embedding = FinishAsync(bench.Get<SemanticIndex>().AdvanceAsync(null, cancellationToken));
        var (indexed, embedded) = (await indexing, await embedding);
        var papers = await CountAsync(bench, cancellationToken);
        Console.WriteLine(Machine.Invariant(
            $"index and vectors from the database, at the same time: {papers:N0} papers, {papers / clock.Elapsed.TotalSeconds:N0} a second (indexed after {indexed.TotalSeconds:F1} s, embedded after {embedded.TotalSeconds:F1} s, {CpuSeconds - cpu:F1} s of processor time)"));
        Console.WriteLine(Machine.Invariant(
            $"index {Megabytes(bench.Directory.IndexDirectory):F0} MB, vectors {Megabytes(bench.Directory.VectorsDirectory):F0} MB, {Machine.Resident}"));

        async Task<TimeSpan> FinishAsync(Task<CatchUpOutcome> task)
        {
            if (await task is not CatchUpOutcome.Current and var outcome)
                throw new InvalidOperationException($"The index or the vectors are not current but {outcome}.");
            return clock.Elapsed;
        }
    }

    private static async Task<int> CountAsync(BenchData bench, CancellationToken cancellationToken)
    {
        await using var db = await bench.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken);
        return await db.Papers.CountAsync(cancellationToken);
    }

    private static double Megabytes(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6;

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
