using System.Collections.Concurrent;
using DailyPapers.Papers;
using DailyPapers.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Tests.Sources.Arxiv;

public class ArxivScheduleTests
{
    [Fact]
    public async Task With_nothing_configured_nothing_runs()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        Assert.DoesNotContain(papers.Get<IEnumerable<IHostedService>>(), service => service.GetType().Namespace!.StartsWith("DailyPapers.Sources", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outage_is_one_line_and_the_harvest_happens_once_the_network_is_back()
    {
        var isUp = false;
        await using var server = await SourceServer.StartAsync((context, _) =>
            (isUp ? ArxivXml.List(null, ArxivXml.Record("2508.00001")) : new Answer("down", 500)).WriteAsync(context));
        var settings = server.Settings(retries: 0);
        settings["Sources:Arxiv:Categories"] = "cs.LG";
        settings["Sources:Arxiv:Schedule"] = "30 12 * * *";
        var log = new LinesOf("DailyPapers.Sources");
        await using var papers = await TemporaryPapers.CreateAsync(settings, services => services.AddSingleton<ILoggerProvider>(log));
        var schedule = papers.Get<IEnumerable<IHostedService>>().Single(service => service.GetType().Name == "ArxivSchedule");

        await schedule.StartAsync(TestContext.Current.CancellationToken);
        Assert.Empty(server.Requests);
        // Half past twelve, then the first retries: fifteen minutes later, and half an hour after that.
        await AdvanceUntilAsync(papers, TimeSpan.FromMinutes(31), () => !server.Requests.IsEmpty);
        await AdvanceUntilAsync(papers, TimeSpan.FromMinutes(16), () => server.Requests.Count >= 2);
        isUp = true;
        await AdvanceUntilAsync(papers, TimeSpan.FromMinutes(31), () => server.Requests.Count >= 3);
        Paper? paper = null;
        await AdvanceUntilAsync(papers, TimeSpan.Zero, () => (paper = papers.Get<PaperReader>().FindAsync("2508.00001", CancellationToken.None).GetAwaiter().GetResult()) is not null);
        await schedule.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("A Title", paper!.Title);
        Assert.All(server.Requests, request => Assert.Contains("&set=cs:cs:LG&from=2025-08-07&until=2025-08-14", request, StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("it answered 500", StringComparison.Ordinal));
    }

    /// <summary>Moves the clock, again and again in case the schedule had not yet begun to wait, until the schedule has acted.</summary>
    private static async Task AdvanceUntilAsync(TemporaryPapers papers, TimeSpan by, Func<bool> reached)
    {
        papers.Time.Advance(by);
        for (var i = 0; !reached(); i++)
        {
            Assert.True(i < 3_000, "the schedule did not act");
            await Task.Delay(10, TestContext.Current.CancellationToken);
            papers.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class LinesOf(string category) : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith(category, StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
