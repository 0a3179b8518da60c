using DailyPapers.Digests.Subscribing;
using DailyPapers.Editions;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DailyPapers.Digests.Delivery;

/// <summary>
/// Sends digests by the clock. From <see cref="DigestOptions.DailyAt"/> of a day on, the newest edition dated up to that
/// day is due, as soon as it exists; from the same time on Mondays the week before. Only the newest: after downtime readers
/// get one digest, not one for each day missed, and nothing older than <see cref="DigestOptions.MaxAgeDays"/>. Whoever has
/// confirmed by the moment a digest becomes due gets it.
/// </summary>
/// <remarks>
/// The schedule keeps no state: what was sent is known from the deliveries, so restarts and several processes need nothing else.
/// </remarks>
public sealed class DigestSchedule(
    DigestSender sender, Subscriptions subscriptions, IDbContextFactory<PapersDb> contexts, IOptions<DigestOptions> options, IOptions<SiteOptions> site,
    TimeProvider time, ILogger<DigestSchedule> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(site.Value.TimeZone);
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Sends what is due now; what the timer does each minute.</summary>
    public async Task<IReadOnlyList<DigestSummary>> RunDueAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < _notBefore)
            return [];
        await subscriptions.PurgeAsync(cancellationToken);
        var summaries = new List<DigestSummary>();
        foreach (var due in await DueAsync(cancellationToken))
        {
            if (await sender.IsAwaitedAsync(due, cancellationToken))
                summaries.Add(await sender.SendAsync(due.Period, new() { ConfirmedBy = due.Since }, progress: null, cancellationToken));
        }
        summaries.AddRange(await sender.ResumeAsync(cancellationToken));

        // A server that cannot be used is not asked again every minute.
        if (summaries.Exists(summary => summary.StoppedBecause is not null))
            _notBefore = time.GetUtcNow() + options.Value.FirstRetry;
        foreach (var summary in summaries.Where(summary => summary.SentNow > 0 || summary.StoppedBecause is not null))
            log.LogInformation("Digest {Period}: {SentNow} sent now, {Waiting} waiting, {Failed} failed, {Uncertain} uncertain. {Stopped}",
                summary.Period, summary.SentNow, summary.Waiting, summary.Failed, summary.Uncertain, summary.StoppedBecause);
        return summaries;
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
                log.LogError(exception, "Digests could not be sent; the next try is in a minute.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IReadOnlyList<DueDigest>> DueAsync(CancellationToken cancellationToken)
    {
        var due = new List<DueDigest>();
        var today = LatestDue(_ => true);
        var monday = LatestDue(date => date.DayOfWeek is DayOfWeek.Monday);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await PublishedAsync(db, DateOnly.MinValue, today.Date, cancellationToken) is { } edition)
            Add(Period.Day(edition.Date), Later(today.At, edition.PublishedAt));
        var week = Period.WeekOf(monday.Date.AddDays(-7));
        if (await PublishedAsync(db, week.First, week.Last, cancellationToken) is not null)
            Add(week, monday.At);
        return due;

        void Add(Period period, DateTimeOffset since)
        {
            if (today.Date.DayNumber - period.Last.DayNumber <= options.Value.MaxAgeDays)
                due.Add(new(period, since));
        }
    }

    private static Task<Edition?> PublishedAsync(PapersDb db, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        db.Editions.AsNoTracking()
            .Where(e => e.Date >= first && e.Date <= last && e.Entries.Count > 0)
            .OrderByDescending(e => e.Date)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>The last time the clock stood at the hour of digests on a day that qualifies.</summary>
    private (DateOnly Date, DateTimeOffset At) LatestDue(Func<DateOnly, bool> qualifies)
    {
        var now = time.GetUtcNow();
        for (var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, _zone).DateTime); ; date = date.AddDays(-1))
        {
            var at = Instant(date);
            if (at <= now && qualifies(date))
                return (date, at);
        }
    }

    private DateTimeOffset Instant(DateOnly date)
    {
        var local = date.ToDateTime(options.Value.DailyAt);
        // In spring an hour of the night does not exist; the digest goes out an hour later that day.
        if (_zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
