using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace DailyPapers.Tests.Sources;

/// <summary>A clock that jumps over every wait, so that tests need none.</summary>
internal sealed class JumpingTime() : FakeTimeProvider(new DateTimeOffset(2025, 8, 14, 12, 0, 0, TimeSpan.Zero))
{
    /// <summary>The waits jumped over.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            Waits.Enqueue(dueTime);
            Advance(dueTime);
            dueTime = TimeSpan.Zero;
        }
        return base.CreateTimer(callback, state, dueTime, period);
    }
}
