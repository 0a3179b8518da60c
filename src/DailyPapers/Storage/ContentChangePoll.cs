using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Storage;

/// <summary>Looks for changes by other processes, often enough that a page is never more than a second behind.</summary>
public sealed class ContentChangePoll(ContentChanges changes, ILogger<ContentChangePoll> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Real time, whatever clock the product runs by: the processes looked out for keep no other.
        using var timer = new PeriodicTimer(Interval);
        var failing = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await changes.NoticeAsync(stoppingToken);
                failing = false;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (!failing)
                    log.LogWarning(exception, "The database cannot be read; pages show what was read before.");
                failing = true;
            }
        }
    }
}
