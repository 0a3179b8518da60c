using System.Collections.Concurrent;

namespace DailyPapers.Bench.Community;

/// <summary>What the service was asked, said and how long it took, from all readers.</summary>
internal sealed class CommunityLog
{
    private readonly ConcurrentQueue<Act> _acts = [];
    private readonly ConcurrentQueue<(ActKind Kind, double Milliseconds)> _times = [];
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly ConcurrentQueue<(ActKind Kind, long Comment)> _refusals = [];

    public IReadOnlyCollection<Act> Acts => _acts;

    public IReadOnlyCollection<(ActKind Kind, double Milliseconds)> Times => _times;

    /// <summary>Answers that nobody should get.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>What the service refused since the comment was gone.</summary>
    public IReadOnlyCollection<(ActKind Kind, long Comment)> Refusals => _refusals;

    public void Acknowledge(Act act) => _acts.Enqueue(act);

    public void Time(ActKind kind, TimeSpan elapsed) => _times.Enqueue((kind, elapsed.TotalMilliseconds));

    public void Refuse(ActKind kind, long comment) => _refusals.Enqueue((kind, comment));

    public void Fail(string what) => _failures.Enqueue(what);
}
