using DailyPapers.Lab.Contract;

namespace DailyPapers.Reproductions.Requests;

/// <summary>How far a run is: the newest of what its process tells.</summary>
internal sealed class LatestProgress : IProgress<RunEvent>
{
    private const int LongestStage = 200;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile Progressed _now = new(0, null);

    /// <summary>The newest.</summary>
    public (double Fraction, string? Stage) Now => (_now.Fraction, _now.Stage);

    public void Report(RunEvent value)
    {
        if (value is ProgressEvent progress)
            _now = new(progress.Fraction, Short($"{progress.Stage}  {progress.Message}".Trim()));
    }

    /// <summary>What is done before the run begins.</summary>
    public void Say(string message) => _now = new(0, Short(message));

    /// <summary>Nothing more comes.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>Waits for the timer's next tick; false once the run has ended.</summary>
    public async Task<bool> NextAsync(PeriodicTimer timer)
    {
        var tick = timer.WaitForNextTickAsync().AsTask();
        return await Task.WhenAny(tick, _ended.Task) == tick && !_ended.Task.IsCompleted;
    }

    private static string Short(string text) => text.Length > LongestStage ? text[..LongestStage] : text;

    private sealed record Progressed(double Fraction, string? Stage);
}
