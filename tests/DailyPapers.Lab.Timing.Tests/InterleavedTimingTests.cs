namespace DailyPapers.Lab.Timing.Tests;

public sealed class InterleavedTimingTests
{
    [Fact]
    public void Every_kernel_runs_in_every_round_and_takes_every_place_equally_often()
    {
        var places = new int[3, 3];
        var calls = new List<int>();
        Action[] kernels = [() => calls.Add(0), () => calls.Add(1), () => calls.Add(2)];
        // A measurement of one call each: the last 18 calls are then the six rounds in the order they ran.
        var timing = InterleavedTiming.Measure(kernels, rounds: 6, seconds: 60, shortest: 0, window: 0.001, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(6, timing.Rounds);
        foreach (var (round, order) in calls[^18..].Chunk(3).Index())
        {
            Assert.Equal([0, 1, 2], order.Order());
            foreach (var (place, kernel) in order.Index())
                places[kernel, place]++;
            Assert.True(round % 2 == 0 || order.SequenceEqual(calls[^18..].Chunk(3).ElementAt(round - 1).Reverse()));
        }
        Assert.All(places.Cast<int>(), count => Assert.Equal(2, count));
    }

    [Fact]
    public void A_kernel_that_does_more_takes_longer()
    {
        var sum = 0d;
        var timing = InterleavedTiming.Measure([() => Work(1_000), () => Work(20_000)], rounds: 15, seconds: 60, window: 0.02, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(sum > 0);
        Assert.True(timing.Seconds(0).Median > 0);
        Assert.InRange(timing.Speedup(0, 1).Median, 4, 100);
        Assert.Equal(1, timing.Speedup(1, 1).Median);

        void Work(int steps)
        {
            for (var i = 1; i <= steps; i++)
                sum += Math.Sqrt(i + sum);
        }
    }

    [Fact]
    public void The_time_limit_ends_the_rounds_after_the_third()
    {
        var timing = InterleavedTiming.Measure([() => { }], rounds: 1_000_000, seconds: 0, window: 0.001, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, timing.Rounds);
    }

    [Fact]
    public void Cancelling_stops_it()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => InterleavedTiming.Measure([source.Cancel], rounds: 3, seconds: 60, window: 0.001, cancellationToken: source.Token));
    }

    [Fact]
    public void Nothing_to_time_is_refused()
    {
        Assert.Throws<ArgumentException>(() => InterleavedTiming.Measure([], rounds: 3, seconds: 1, window: 0.001, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => InterleavedTiming.Measure([() => { }], rounds: 0, seconds: 1, window: 0.001, cancellationToken: TestContext.Current.CancellationToken));
    }
}
