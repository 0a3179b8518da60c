using DailyPapers.Digests.Mail;
using DailyPapers.Digests.Transport;
using DailyPapers.Editions;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Digests.Delivery;

/// <summary>
/// The delivery rows and the only ways they change. Every change of state is one conditional UPDATE, so of two processes
/// that want the same row one gets it; a claim is known by the row's number of attempts.
/// </summary>
internal sealed class DeliveryLedger(
    IDbContextFactory<PapersDb> contexts, MailComposer mails, IOptions<DigestOptions> options, TimeProvider time)
{
    private const int LongestError = 500;
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(6);
    private readonly DigestOptions _options = options.Value;

    /// <summary>Fixes who gets the digest: all rows in one transaction, and only the first time for a period.</summary>
    public async Task QueueAsync(Period period, DateTimeOffset? confirmedBy, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var name = period.Name;
        if (await db.DigestDeliveries.AnyAsync(d => d.Period == name, cancellationToken))
            return;
        var now = time.GetUtcNow();
        db.DigestDeliveries.AddRange((await Recipients(db, period, confirmedBy).AsNoTracking().ToListAsync(cancellationToken)).Select(subscriber => new DigestDelivery
        {
            SubscriberId = subscriber.Id,
            Period = name,
            State = DeliveryState.Queued,
            MessageId = mails.MessageIdFor("digest." + name, FormattableString.Invariant($"{subscriber.Id}"), subscriber.NormalizedEmail),
            ChangedAt = now,
        }));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process queued the same period first; its rows hold.
            await transaction.RollbackAsync(cancellationToken);
            if (!await db.DigestDeliveries.AnyAsync(d => d.Period == name, cancellationToken))
                throw;
        }
    }

    public async Task<int> CountRecipientsAsync(Period period, DateTimeOffset? confirmedBy, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Recipients(db, period, confirmedBy).CountAsync(cancellationToken);
    }

    /// <summary>Takes from dead processes what they were sending: to be written again where that leaves one copy, else uncertain.</summary>
    public async Task RecoverAsync(bool isRepeatable, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var expired = now - _options.Lease;
        var state = isRepeatable ? DeliveryState.Queued : DeliveryState.Uncertain;
        var error = isRepeatable ? null : "The process ended before the mail server's answer was recorded.";
        await db.DigestDeliveries.Where(d => d.State == DeliveryState.Sending && d.ChangedAt <= expired).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, state).SetProperty(d => d.ChangedAt, now).SetProperty(d => d.Error, error),
            cancellationToken);
    }

    /// <summary>Gives up what still waits of a period.</summary>
    public async Task AbandonAsync(Period period, string reason, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (name, now) = (period.Name, time.GetUtcNow());
        await db.DigestDeliveries.Where(d => d.Period == name && d.State == DeliveryState.Queued).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Failed).SetProperty(d => d.ChangedAt, now).SetProperty(d => d.Error, reason),
            cancellationToken);
    }

    /// <summary>The deliveries of a period that may be attempted now.</summary>
    public async Task<IReadOnlyList<DigestDelivery>> DueAsync(Period period, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (name, now) = (period.Name, time.GetUtcNow());
        return await db.DigestDeliveries.AsNoTracking()
            .Where(d => d.Period == name && d.State == DeliveryState.Queued && (d.RetryAt == null || d.RetryAt <= now))
            .OrderBy(d => d.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The periods with deliveries that may be attempted now.</summary>
    public async Task<IReadOnlyList<string>> DuePeriodsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        return await db.DigestDeliveries.AsNoTracking()
            .Where(d => d.State == DeliveryState.Queued && (d.RetryAt == null || d.RetryAt <= now))
            .Select(d => d.Period).Distinct().OrderBy(period => period)
            .ToListAsync(cancellationToken);
    }

    public async Task<bool> IsQueuedAsync(Period period, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var name = period.Name;
        return await db.DigestDeliveries.AnyAsync(d => d.Period == name, cancellationToken);
    }

    /// <summary>
    /// Commits that this process hands the mail over now, before it does. Null when another process has it or the person
    /// has unsubscribed meanwhile.
    /// </summary>
    public async Task<Subscriber?> ClaimAsync(DigestDelivery delivery, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(s => s.Id == delivery.SubscriberId, cancellationToken);
        if (subscriber is null)
            return null;
        var now = time.GetUtcNow();
        var active = subscriber.State is SubscriberState.Active;
        var state = active ? DeliveryState.Sending : DeliveryState.Failed;
        var error = active ? null : "Unsubscribed before it was sent.";
        var attempts = delivery.Attempts + (active ? 1 : 0);
        var claimed = await db.DigestDeliveries
            .Where(d => d.Id == delivery.Id && d.State == DeliveryState.Queued && d.Attempts == delivery.Attempts)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, state)
                    .SetProperty(d => d.Attempts, attempts)
                    .SetProperty(d => d.RetryAt, (DateTimeOffset?)null)
                    .SetProperty(d => d.ChangedAt, now)
                    .SetProperty(d => d.Error, error),
                cancellationToken);
        return claimed == 1 && active ? subscriber : null;
    }

    /// <summary>
    /// Records what came of a claimed delivery; false when the claim was lost meanwhile. Not cancellable: a lost answer
    /// would turn a sent mail into an uncertain one.
    /// </summary>
    public async Task<bool> RecordAsync(DigestDelivery claimed, MailResult result)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        var now = time.GetUtcNow();
        var attempt = claimed.Attempts + 1;
        var (state, retryAt, attempts, error) = result.Status switch
        {
            MailStatus.Accepted => (DeliveryState.Sent, (DateTimeOffset?)null, attempt, (string?)null),
            MailStatus.Refused => (DeliveryState.Failed, null, attempt, result.Answer),
            MailStatus.Uncertain => (DeliveryState.Uncertain, null, attempt, result.Answer),
            MailStatus.Deferred when attempt >= _options.MostAttempts =>
                (DeliveryState.Failed, null, attempt, $"Given up after {attempt} attempts: {result.Answer}"),
            MailStatus.Deferred => (DeliveryState.Queued, now + Wait(attempt), attempt, result.Answer),
            // Nothing was wrong with this one, so it costs it no attempt.
            _ => (DeliveryState.Queued, now + _options.FirstRetry, claimed.Attempts, result.Answer),
        };
        error = error?.Length > LongestError ? error[..LongestError] : error;
        // A slow process may find its delivery declared uncertain; it knows better.
        return await db.DigestDeliveries
            .Where(d => d.Id == claimed.Id && d.Attempts == attempt && (d.State == DeliveryState.Sending || d.State == DeliveryState.Uncertain))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, state)
                    .SetProperty(d => d.RetryAt, retryAt)
                    .SetProperty(d => d.Attempts, attempts)
                    .SetProperty(d => d.ChangedAt, now)
                    .SetProperty(d => d.Error, error),
                CancellationToken.None) == 1;
    }

    public async Task<bool> ResolveAsync(long id, DeliveryResolution resolution, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var deliveries = db.DigestDeliveries.Where(d => d.Id == id);
        if (resolution is DeliveryResolution.Drop)
        {
            return await deliveries
                .Where(d => d.State == DeliveryState.Uncertain || d.State == DeliveryState.Queued)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(d => d.State, DeliveryState.Failed)
                        .SetProperty(d => d.RetryAt, (DateTimeOffset?)null)
                        .SetProperty(d => d.ChangedAt, now)
                        .SetProperty(d => d.Error, d => d.Error == null ? "Dropped by an administrator." : "Dropped by an administrator. " + d.Error),
                    cancellationToken) == 1;
        }
        return await deliveries
            .Where(d => d.State == DeliveryState.Uncertain || d.State == DeliveryState.Failed || (d.State == DeliveryState.Queued && d.RetryAt != null))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, DeliveryState.Queued)
                    .SetProperty(d => d.RetryAt, (DateTimeOffset?)null)
                    .SetProperty(d => d.ChangedAt, now),
                cancellationToken) == 1;
    }

    public async Task<IReadOnlyList<DeliveryListing>> ListAsync(Period? period, DeliveryState? state, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var deliveries = db.DigestDeliveries.AsNoTracking();
        if (period?.Name is { } name)
            deliveries = deliveries.Where(d => d.Period == name);
        if (state is { } wanted)
            deliveries = deliveries.Where(d => d.State == wanted);
        return await deliveries
            .OrderByDescending(d => d.ChangedAt).ThenBy(d => d.Id)
            .Join(db.Subscribers, d => d.SubscriberId, s => s.Id, (d, s) => new DeliveryListing(
                d.Id, s.Email, d.Period, d.State, d.Attempts, d.RetryAt, d.ChangedAt, d.MessageId, d.Error))
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<DeliveryState, int>> CountsAsync(Period period, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var name = period.Name;
        return await db.DigestDeliveries.AsNoTracking()
            .Where(d => d.Period == name)
            .GroupBy(d => d.State)
            .Select(same => new { same.Key, Count = same.Count() })
            .ToDictionaryAsync(same => same.Key, same => same.Count, cancellationToken);
    }

    private IQueryable<Subscriber> Recipients(PapersDb db, Period period, DateTimeOffset? confirmedBy)
    {
        var frequency = DigestComposer.FrequencyOf(period);
        var by = confirmedBy ?? time.GetUtcNow();
        return db.Subscribers.Where(s => s.State == SubscriberState.Active && s.Frequency == frequency && s.ConfirmedAt <= by).OrderBy(s => s.Id);
    }

    private TimeSpan Wait(int attempt)
    {
        var wait = _options.FirstRetry * Math.Pow(2, Math.Min(attempt - 1, 20));
        return wait < LongestRetry ? wait : LongestRetry;
    }
}
