using DailyPapers.Community.Accounts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Web.Hosting;

/// <summary>Shows on the console, while there is no administrator, the link that makes the first one.</summary>
internal sealed class SetupLink(FirstAdministrator first, IServer server, ILogger<SetupLink> log) : IHostedLifecycleService
{
    // Only once the service listens is its address known.
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (await first.InviteAsync(cancellationToken) is not { } path)
            return;
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        log.LogInformation("There is no administrator yet. Make the account of the first one at {Address}{Path} ; the link holds until the next start, for a day at most.", address, path);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
