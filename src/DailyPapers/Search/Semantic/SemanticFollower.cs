using DailyPapers.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace DailyPapers.Search.Semantic;

/// <summary>Keeps the vectors current while a service runs.</summary>
internal sealed class SemanticFollower(SemanticIndex index, ContentChanges changes, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = LookInterval;
        while (!stoppingToken.IsCancellationRequested)
        {
            // The token first: a change during the catch-up must end the wait after it.
            var changed = changes.Watch();
            var outcome = await index.AdvanceAsync(progress: null, stoppingToken);
            pause = outcome is CatchUpOutcome.Unavailable ? TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)) : LookInterval;
            await WaitAsync(outcome is CatchUpOutcome.Unavailable ? NeverChanges : changed, pause, stoppingToken);
        }
    }

    private static CancellationChangeToken NeverChanges { get; } = new(CancellationToken.None);

    private async Task WaitAsync(IChangeToken changed, TimeSpan longest, CancellationToken stoppingToken)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (changed.RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), signal))
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(signal.Task, Task.Delay(longest, time, ended.Token));
            await ended.CancelAsync();
        }
    }
}
