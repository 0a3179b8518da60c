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
            var began = time.GetTimestamp();
            var outcome = await index.AdvanceAsync(progress: null, stoppingToken);
            await FollowerPace.RestAsync(began, time, stoppingToken);
            pause = outcome is CatchUpOutcome.Unavailable ? TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)) : LookInterval;
            await ContentChanges.WaitAsync(outcome is CatchUpOutcome.Unavailable ? NeverChanges : changed, pause, time, stoppingToken);
        }
    }

    private static CancellationChangeToken NeverChanges { get; } = new(CancellationToken.None);
}
