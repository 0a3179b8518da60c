using DailyPapers.Lab.Contract;
using DailyPapers.Reproductions.Runner;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DailyPapers.Reproductions.Requests;

/// <summary>Computes what is asked for, one run at a time, in a process of its own.</summary>
/// <remarks>
/// A service that ends in the middle leaves the request as waiting, or, killed, finds it as running when it starts again: both go on
/// from the seeds that are finished, which the run's folder keeps.
/// </remarks>
public sealed class LabWork(
    IDbContextFactory<PapersDb> contexts, ReproductionLibrary library, DataDirectory directory, ContentChanges changes,
    IOptions<LabOptions> options, TimeProvider time, ILogger<LabWork> log) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(1);

    /// <summary>Gives back what a service that was killed had begun.</summary>
    public async Task RepairAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.LabRunRequests.Where(r => r.State == LabRunState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, LabRunState.Waiting), cancellationToken);
        var now = time.GetUtcNow();
        await db.LabRunRequests.Where(r => r.State == LabRunState.Stopping)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, LabRunState.Cancelled).SetProperty(r => r.EndedAt, now), cancellationToken);
    }

    /// <summary>Takes the first request that waits and computes it to its end; false when none waits.</summary>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        if (await TakeAsync(cancellationToken) is not { } request)
            return false;
        try
        {
            var run = await ComputeAsync(request, cancellationToken);
            await EndAsync(request, LabRunState.Done, run, error: null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ReturnAsync(request);
            throw;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(request, LabRunState.Cancelled, run: null, error: null);
        }
        catch (Exception exception) when (exception is LabRunnerException or IOException or System.Text.Json.JsonException)
        {
            log.LogWarning("The run {Request} failed: {Reason}", LabQueue.Words(request), exception.Message);
            await EndAsync(request, LabRunState.Failed, run: null, exception.Message);
        }
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Works)
            return;
        using var timer = new PeriodicTimer(LookInterval, time);
        var isRepaired = false;
        do
        {
            try
            {
                if (!isRepaired)
                    await RepairAsync(stoppingToken);
                isRepaired = true;
                while (await RunNextAsync(stoppingToken))
                {
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "The queue of lab runs could not be worked on; the next try is in {Interval}.", LookInterval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<LabRunRequest?> TakeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var next = await db.LabRunRequests.AsNoTracking().Where(r => r.State == LabRunState.Waiting).OrderBy(r => r.Id).FirstOrDefaultAsync(cancellationToken);
        // Of several services one gets it.
        return next is not null && await db.LabRunRequests.Where(r => r.Id == next.Id && r.State == LabRunState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, LabRunState.Running), cancellationToken) == 1
            ? next
            : null;
    }

    private async Task<long> ComputeAsync(LabRunRequest request, CancellationToken cancellationToken)
    {
        var folder = FolderOf(request);
        Directory.CreateDirectory(folder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = new LatestProgress();
        var watching = WatchAsync(request.Id, progress, stop);
        ReproductionResult result;
        try
        {
            var runner = await LabRunner.PrepareAsync(message => progress.Say(message), stop.Token);
            result = await runner.RunAsync(Arguments(request), folder, progress, stop.Token);
        }
        finally
        {
            progress.End();
            await watching;
        }
        var kept = await library.KeepAsync(result, folder, cancellationToken);
        await changes.NoticeAsync(cancellationToken);
        return kept.RunId;
    }

    private static List<string> Arguments(LabRunRequest request)
    {
        var arguments = new List<string> { request.LabSlug, request.Mode is RunMode.Full ? "--full" : "--quick" };
        foreach (var (name, value) in request.Parameters)
            arguments.AddRange(["--set", $"{name}={value}"]);
        return arguments;
    }

    // Writes how far the run is, and stops it when it was cancelled, by whichever node the person asked.
    private async Task WatchAsync(long id, LatestProgress progress, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(TellInterval, time);
        while (await progress.NextAsync(timer))
        {
            var (fraction, stage) = progress.Now;
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            var isWanted = await db.LabRunRequests.Where(r => r.Id == id && r.State == LabRunState.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Fraction, fraction).SetProperty(r => r.Stage, stage), CancellationToken.None) == 1;
            if (!isWanted)
                await stop.CancelAsync();
        }
    }

    private async Task EndAsync(LabRunRequest request, LabRunState state, long? run, string? error)
    {
        await using (var db = await contexts.CreateDbContextAsync(CancellationToken.None))
        {
            var now = time.GetUtcNow();
            var reason = error is { Length: > LabRunRequest.LongestError } ? error[..LabRunRequest.LongestError] : error;
            await db.LabRunRequests.Where(r => r.Id == request.Id).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, state).SetProperty(r => r.RunId, run).SetProperty(r => r.Error, reason).SetProperty(r => r.EndedAt, now),
                CancellationToken.None);
        }
        if (Directory.Exists(FolderOf(request)))
            Directory.Delete(FolderOf(request), recursive: true);
    }

    private async Task ReturnAsync(LabRunRequest request)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await db.LabRunRequests.Where(r => r.Id == request.Id && r.State == LabRunState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, LabRunState.Waiting), CancellationToken.None);
    }

    private string FolderOf(LabRunRequest request) => Path.Combine(directory.Lab, FormattableString.Invariant($"request-{request.Id}"));
}
