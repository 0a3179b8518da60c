using System.Diagnostics;
using DailyPapers.Search;
using DailyPapers.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Cli.Commands;

/// <summary>Brings papers in while the search index follows, unless a running service keeps the index.</summary>
internal static class IndexedWork
{
    public static async Task<(SourceSummary Summary, TimeSpan Elapsed)> RunAsync(
        IServiceProvider services, Func<Task<SourceSummary>> bringIn, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var work = Task.Run(bringIn, cancellationToken);
        var outcome = await services.GetRequiredService<IndexCatchUp>().RunDuringAsync(work, progress: null, cancellationToken);
        if (outcome is CatchUpOutcome.Unavailable)
            await Console.Error.WriteLineAsync("papers: the search index could not be written now; the service brings it up to date at its next start.");
        return (await work, clock.Elapsed);
    }
}
