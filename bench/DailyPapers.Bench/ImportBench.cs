using System.Diagnostics;
using System.Globalization;
using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Bench;

/// <summary>Stores a corpus through the intake while the index follows.</summary>
internal static class ImportBench
{
    private const int BatchSize = 500;

    private static double CpuSeconds => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    public static async Task EnsureAsync(BenchData bench, FileInfo corpus, CancellationToken cancellationToken)
    {
        await using (var db = await bench.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken))
        {
            if (await db.Papers.AnyAsync(cancellationToken))
            {
                var clock = Stopwatch.StartNew();
                var outcome = await bench.Get<IndexCatchUp>().RunAsync(null, cancellationToken);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"index caught up ({outcome}) in {clock.Elapsed.TotalSeconds:F1} s, {CpuSeconds:F1} s of processor time"));
                return;
            }
        }
        await RunAsync(bench, corpus, cancellationToken);
    }

    public static async Task RunAsync(BenchData bench, FileInfo corpus, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var stored = TimeSpan.Zero;
        var records = 0;
        var storing = Task.Run(
            async () =>
            {
                foreach (var batch in CorpusReader.Batches(corpus, BatchSize))
                {
                    await bench.Get<PaperIntake>().StoreAsync(batch, cancellationToken: cancellationToken);
                    records += batch.Length;
                }
                stored = clock.Elapsed;
            },
            cancellationToken);
        var outcome = await bench.Get<IndexCatchUp>().RunDuringAsync(storing, null, cancellationToken);
        var status = await bench.Get<PaperSearch>().StatusAsync(cancellationToken);
        var seconds = clock.Elapsed.TotalSeconds;
        var size = new DirectoryInfo(bench.Directory.IndexDirectory).EnumerateFiles().Sum(file => file.Length) / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"import: {records:N0} records, {status.Documents:N0} papers stored in {stored.TotalSeconds:F1} s, indexed ({outcome}) after {seconds:F1} s: {records / seconds:N0} papers/s, {CpuSeconds:F1} s of processor time; index {size:F0} MB, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB"));
    }
}
