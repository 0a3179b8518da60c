using DailyPapers.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Sources.Arxiv;

/// <summary>Harvests the configured categories at the configured times while the service runs, and catches up on a time it slept through.</summary>
internal sealed class ArxivSchedule(
    ArxivOaiHarvest harvest,
    ArxivAnnouncements announcements,
    SourceCursors cursors,
    ContentChanges changes,
    SourcesOptions options,
    TimeProvider time,
    ILogger<ArxivSchedule> logger) : BackgroundService
{
    private const string CursorKey = "arxiv-schedule";
    private static readonly TimeSpan _firstRetry = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan _longestRetry = TimeSpan.FromHours(6);
    // A timer takes at most 49 days; a long pause is slept in parts.
    private static readonly TimeSpan _longestSleep = TimeSpan.FromDays(1);

    private readonly DateTimeOffset _started = time.GetUtcNow();
    private int _failures;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var times = options.Arxiv.Times();
        try
        {
            var last = (await cursors.ReadAsync<State>(CursorKey, stoppingToken))?.LastRun ?? _started;
            while (times.GetNextValidTimeAfter(last) is { } due)
            {
                await SleepUntilAsync(due, stoppingToken);
                while (await RunAsync(stoppingToken) is { } retry)
                    await SleepUntilAsync(retry, stoppingToken);
                last = time.GetUtcNow();
                await cursors.WriteAsync(CursorKey, new State(last), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; the cursors say where to go on.
        }
    }

    /// <summary>One harvest; when it fails, the time of the next attempt.</summary>
    private async Task<DateTimeOffset?> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var summary = await HarvestAsync(cancellationToken);
            logger.LogInformation("arXiv: harvested; {Added} papers added, {Updated} updated, {Rejected} records rejected.", summary.Added, summary.Updated, summary.Rejected);
            _failures = 0;
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var pause = TimeSpan.FromTicks(Math.Min(_longestRetry.Ticks, _firstRetry.Ticks << Math.Min(_failures, 10)));
            var retry = time.GetUtcNow() + pause;
            if ((exception as SourceException)?.NotBefore is { } notBefore && notBefore > retry)
                retry = notBefore;
            Report(exception, retry);
            _failures++;
            return retry;
        }
    }

    private async Task<SourceSummary> HarvestAsync(CancellationToken cancellationToken)
    {
        var categories = options.Arxiv.CategoryList;
        var from = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-options.Arxiv.FirstDays);
        var total = new SourceSummary();
        try
        {
            foreach (var category in categories)
                total = Sum(total, await harvest.RunAsync(new ArxivOaiSelection { Set = ArxivOaiSelection.SetOf(category), FirstFrom = from }, null, cancellationToken));
            if (options.Arxiv.Editions)
                total = Sum(total, await announcements.RunAsync(categories, makeEdition: true, cancellationToken));
        }
        finally
        {
            await changes.NoticeAsync(CancellationToken.None);
        }
        return total;
    }

    /// <summary>One line for an outage, however long it lasts.</summary>
    private void Report(Exception exception, DateTimeOffset retry)
    {
        if (exception is not SourceException)
            logger.LogError(exception, "arXiv: the harvest failed; trying again at {Retry:yyyy-MM-dd HH:mm} UTC.", retry);
        else if (_failures == 0)
            logger.LogWarning("{Reason} Trying again at {Retry:yyyy-MM-dd HH:mm} UTC and after that less and less often.", exception.Message, retry);
        else
            logger.LogDebug("{Reason} Trying again at {Retry:yyyy-MM-dd HH:mm} UTC.", exception.Message, retry);
    }

    private async Task SleepUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        while (due - time.GetUtcNow() is { Ticks: > 0 } rest)
            await Task.Delay(rest < _longestSleep ? rest : _longestSleep, time, cancellationToken);
    }

    private static SourceSummary Sum(SourceSummary left, SourceSummary right) => left with
    {
        Added = left.Added + right.Added,
        Updated = left.Updated + right.Updated,
        Rejected = left.Rejected + right.Rejected,
    };

    private sealed record State(DateTimeOffset LastRun);
}
