using DailyPapers.TestSupport;
using DailyPapers.Web.Tests;

[assembly: AssemblyFixture(typeof(ServiceFixture))]

namespace DailyPapers.Web.Tests;

/// <summary>One running service for all tests that can share it: the starter collection and <see cref="SampleContent"/>.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private static int _readers;

    internal RunningService Service { get; private set; } = null!;

    /// <summary>A visitor with cookies and an address of its own, so that one test's requests do not use up another's rate.</summary>
    internal Reader NewReader() => NewReader(Service);

    internal static Reader NewReader(RunningService service)
    {
        var number = Interlocked.Increment(ref _readers);
        return new Reader(service.Address, $"10.7.{number >> 8}.{number & 255}");
    }

    public async ValueTask InitializeAsync()
    {
        Service = await RunningService.StartAsync();
        await SampleContent.AddAsync(Service, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
