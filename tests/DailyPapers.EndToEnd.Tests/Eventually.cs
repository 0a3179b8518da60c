namespace DailyPapers.EndToEnd.Tests;

/// <summary>Waits for what another process does; a test fails when it does not come to pass.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>The first value that is not null.</summary>
    public static async Task<T> Async<T>(Func<Task<T?>> look) where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        using var timer = new PeriodicTimer(Look);
        while (true)
        {
            if (await look() is { } value)
                return value;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>Until the condition holds.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition) => Async(async () => await condition() ? "true" : null);
}
