using DailyPapers.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

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
                var outcome = await catchUp.AdvanceAsync(CommitInterval, progress: null, stoppingToken);
                pause = outcome is CatchUpOutcome.Unavailable ? Min(pause * 2, LongestPause) : LookInterval;
                await WaitAsync(changed, pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await catchUp.CommitAsync();
        }
    }

    private async Task WaitAsync(IChangeToken changed, TimeSpan longest, CancellationToken stoppingToken)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (changed.RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), signal))
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(signal.Task, Task.Delay(longest, time, ended.Token));
            await ended.CancelAsync();
        }
        stoppingToken.ThrowIfCancellationRequested();
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
