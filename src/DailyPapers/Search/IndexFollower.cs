using DailyPapers.Storage;
using Microsoft.Extensions.Hosting;

namespace DailyPapers.Search;

/// <summary>
/// Keeps the index current while a service runs: at once when this process changes something, and by looking twice a second
/// for what others changed. While another process writes the index it reads along, and takes over when that one ends.
/// </summary>
public sealed class IndexFollower(IndexCatchUp catchUp, ContentChanges changes, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = LookInterval;
        try
        {
            while (true)
            {
                // The token first: a change during the catch-up must end the wait after it.
                var changed = changes.Watch();
                var began = time.GetTimestamp();
                var outcome = await catchUp.AdvanceAsync(CommitInterval, progress: null, stoppingToken);
                await FollowerPace.RestAsync(began, time, stoppingToken);
                pause = outcome is CatchUpOutcome.Unavailable ? Min(pause * 2, LongestPause) : LookInterval;
                await ContentChanges.WaitAsync(changed, pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await catchUp.CommitAsync();
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
