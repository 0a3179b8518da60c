using DailyPapers.Community.Scoring;
using DailyPapers.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Editions.Publishing;

/// <summary>Publishes editions by the clock, and measures the novelty of new papers, which their scores need.</summary>
/// <remarks>It keeps no state: what is due and what is done stands in the database, so a restart goes on where the last run ended.</remarks>
public sealed class EditionSchedule(
    EditionPublishing publishing, AutomaticEdition automatic, NoveltyMeasuring novelty, ContentChanges changes, TimeProvider time, ILogger<EditionSchedule> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>Does what is due now.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        await novelty.RunAsync(cancellationToken);
        var published = (await publishing.PublishDueAsync(cancellationToken)).ToList();
        if (await automatic.RunDueAsync(cancellationToken) is { } made)
        {
            published.Add(made);
            log.LogInformation("No curator scheduled the edition of {Date}; what was picked and the best candidates are it.", made);
        }
        foreach (var date in published)
            log.LogInformation("The edition of {Date} is published.", date);
        if (published.Count > 0)
            await changes.NoticeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "Editions could not be published; the next try is in {Interval}.", Interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
