namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>One seed's run: what it is given, and where it reports.</summary>
public sealed class SeedRun
{
    private readonly Dictionary<string, double> _metrics = [];
    private readonly Dictionary<string, double[]> _series = [];
    private readonly Action<string, double> _onMetric;
    private readonly Action<double, string> _onProgress;

    internal SeedRun(
        Seed seed, RunSetting setting, Action<string, double> onMetric, Action<double, string> onProgress, CancellationToken cancellationToken)
    {
        Seed = seed;
        Setting = setting;
        CancellationToken = cancellationToken;
        _onMetric = onMetric;
        _onProgress = onProgress;
    }

    /// <summary>The seed; draw everything random from its streams.</summary>
    public Seed Seed { get; }

    /// <summary>Mode and parameters.</summary>
    public RunSetting Setting { get; }

    /// <summary>Cancelled on Ctrl+C and when the time limit passes; <see cref="Progress"/> checks it too.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Reports a scalar under a claim's metric name, or under another name as an observation.</summary>
    /// <exception cref="InvalidOperationException">The seed reported it before.</exception>
    public void Measure(string metric, double value)
    {
        if (!_metrics.TryAdd(metric, value))
            throw new InvalidOperationException($"Seed {Seed.Value} measured '{metric}' twice.");
        _onMetric(metric, value);
    }

    /// <summary>Keeps an array for the figures.</summary>
    /// <exception cref="InvalidOperationException">The seed kept one of that name before.</exception>
    public void Record(string series, IEnumerable<double> values)
    {
        if (!_series.TryAdd(series, [.. values]))
            throw new InvalidOperationException($"Seed {Seed.Value} recorded '{series}' twice.");
    }

    /// <summary>Says how far this seed is (0 to 1), and stops the seed when the run is cancelled.</summary>
    /// <exception cref="OperationCanceledException">The run is cancelled.</exception>
    public void Progress(double fraction, string message)
    {
        CancellationToken.ThrowIfCancellationRequested();
        _onProgress(Math.Clamp(fraction, 0, 1), message);
    }

    internal SeedRecord Finish(TimeSpan elapsed, TimeSpan processor) =>
        new() { Seed = Seed.Value, Seconds = elapsed.TotalSeconds, ProcessorSeconds = processor.TotalSeconds, Metrics = _metrics, Series = _series };
}
