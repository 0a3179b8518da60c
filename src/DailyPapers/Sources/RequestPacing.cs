namespace DailyPapers.Sources;

/// <summary>Lets requests through one at a time, each no sooner than the interval after the one before began.</summary>
internal sealed class RequestPacing(TimeSpan interval, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long? _lastStart;

    public async Task<T> InTurnAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_lastStart is { } last && interval - time.GetElapsedTime(last) is { Ticks: > 0 } rest)
                await Task.Delay(rest, time, cancellationToken);
            _lastStart = time.GetTimestamp();
            return await request(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
