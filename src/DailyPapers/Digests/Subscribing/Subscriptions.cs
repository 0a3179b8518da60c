using DailyPapers.Digests.Mail;
using DailyPapers.Digests.Transport;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DailyPapers.Digests.Subscribing;

/// <summary>
/// Subscribing with double opt-in and unsubscribing. Peeking never changes anything, so it may answer a GET; the others are
/// for POST only, because mail scanners fetch every link.
/// </summary>
public sealed class Subscriptions(
    IDbContextFactory<PapersDb> contexts, IMailTransport transport, ConfirmationMailComposer composer, UnsubscribeTokens unsubscribeTokens,
    IOptions<DigestOptions> options, TimeProvider time, ILogger<Subscriptions> log)
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);
    private readonly DigestOptions _options = options.Value;

    /// <summary>
    /// Asks <paramref name="email"/> to confirm the digest. Also changes the frequency of a running subscription, once
    /// confirmed. The answer is the same whether the address is known or not, and whether or not a mail was sent just before.
    /// </summary>
    public async Task<SubscribeResult> SubscribeAsync(string? email, DigestFrequency frequency, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, _options.AllowLocalhost, out var address, out var problem))
            return new(SubscribeStatus.InvalidAddress, problem);
        await PurgeAsync(cancellationToken);
        var token = ConfirmationToken.Create(frequency);
        if (!await RecordAsync(address, token, cancellationToken))
            return new(SubscribeStatus.Requested);

        var message = await composer.ComposeAsync(address, token.Text, frequency);
        MailResult result;
        // Recorded as sent by now: a visitor who leaves the page early still gets the mail.
        await using (var session = transport.Open())
            result = await session.SendAsync(message, CancellationToken.None);
        switch (result.Status)
        {
            case MailStatus.Accepted or MailStatus.Uncertain:
                return new(SubscribeStatus.Requested);
            case MailStatus.Refused:
                // Telling would show strangers which mailboxes exist.
                log.LogInformation("A confirmation mail was refused: {Answer}", result.Answer);
                return new(SubscribeStatus.Requested);
            default:
                log.LogWarning("A confirmation mail could not be sent: {Answer}", result.Answer);
                await AllowAnotherAsync(token);
                return new(SubscribeStatus.MailUnavailable, T["Mail cannot be sent at the moment. Please try again in a few minutes."]);
        }
    }

    /// <summary>What a confirmation link stands for; null when it is unknown, replaced by a newer one or expired.</summary>
    public async Task<ConfirmationRequest?> PeekAsync(string? token, CancellationToken cancellationToken)
    {
        if (!ConfirmationToken.TryParse(token, out var parsed))
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var subscriber = await ValidFor(db, parsed).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return subscriber is null
            ? null
            : new(subscriber.Email, parsed.Frequency, subscriber.State is SubscriberState.Active && subscriber.Frequency == parsed.Frequency);
    }

    /// <summary>Starts the subscription, or changes its frequency. Doing it again changes nothing. Null as in <see cref="PeekAsync"/>.</summary>
    public async Task<ConfirmationRequest?> ConfirmAsync(string? token, CancellationToken cancellationToken)
    {
        if (!ConfirmationToken.TryParse(token, out var parsed))
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset? now = time.GetUtcNow();
        var language = ChosenLanguage;
        await ValidFor(db, parsed).ExecuteUpdateAsync(
            set => set
                // Of a subscription that waits, the request said the language; one that runs is changed only by its owner, here.
                .SetProperty(s => s.Language, s => s.State == SubscriberState.Pending || language == null ? s.Language : language)
                .SetProperty(s => s.ConfirmedAt, s => s.State == SubscriberState.Active ? s.ConfirmedAt : now)
                .SetProperty(s => s.Frequency, parsed.Frequency)
                .SetProperty(s => s.State, SubscriberState.Active)
                .SetProperty(s => s.UnsubscribedAt, (DateTimeOffset?)null),
            cancellationToken);
        return await PeekAsync(token, cancellationToken);
    }

    /// <summary>What an unsubscribe link stands for; null when it is not one of ours.</summary>
    public async Task<UnsubscribeRequest?> PeekUnsubscribeAsync(string? token, CancellationToken cancellationToken)
    {
        if (UnsubscribeTokens.SubscriberIdOf(token) is not { } id)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        return subscriber is not null && unsubscribeTokens.Proves(token, subscriber)
            ? new(subscriber.Email, subscriber.Frequency, subscriber.State is SubscriberState.Active)
            : null;
    }

    /// <summary>Ends the subscription; doing it again changes nothing. Null when the link is not one of ours.</summary>
    public async Task<UnsubscribeRequest?> UnsubscribeAsync(string? token, CancellationToken cancellationToken)
    {
        if (await PeekUnsubscribeAsync(token, cancellationToken) is not { } request)
            return null;
        var id = UnsubscribeTokens.SubscriberIdOf(token);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await EndAsync(db.Subscribers.Where(s => s.Id == id), cancellationToken);
        return request with { IsSubscribed = false };
    }

    /// <summary>Ends the subscription of an address for its owner, who asked by mail; false when it has none.</summary>
    public async Task<bool> UnsubscribeAddressAsync(string email, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, allowLocalhost: true, out var address, out _))
            return false;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await EndAsync(db.Subscribers.Where(s => s.NormalizedEmail == address.Normalized), cancellationToken) > 0;
    }

    /// <summary>Deletes everything stored about an address, its delivery records too; false when it is unknown.</summary>
    public async Task<bool> EraseAsync(string email, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, allowLocalhost: true, out var address, out _))
            return false;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Subscribers.Where(s => s.NormalizedEmail == address.Normalized).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Forgets addresses that were never confirmed and links that have expired. Done at every request and by the schedule.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var expired = time.GetUtcNow() - _options.ConfirmationLifetime;
        await db.Subscribers
            .Where(s => s.State == SubscriberState.Pending && (s.ConfirmationSentAt <= expired || (s.ConfirmationSentAt == null && s.CreatedAt <= expired)))
            .ExecuteDeleteAsync(cancellationToken);
        await db.Subscribers
            .Where(s => s.ConfirmationTokenHash != null && s.ConfirmationSentAt <= expired)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ConfirmationTokenHash, (byte[]?)null), cancellationToken);
    }

    /// <summary>Makes the token the address's newest one; false when the address had a mail too recently.</summary>
    private async Task<bool> RecordAsync(EmailAddress address, ConfirmationToken token, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var known = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(s => s.NormalizedEmail == address.Normalized, cancellationToken);
        if (known is null)
            return await AddAsync(db, address, token, now, cancellationToken);
        if (known.ConfirmationSentAt is { } sent && now - sent < Interval(known.CreatedAt, sent))
            return false;

        var (hash, language) = (token.Hash, ChosenLanguage);
        return await db.Subscribers
            .Where(s => s.Id == known.Id && s.ConfirmationSentAt == known.ConfirmationSentAt)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(s => s.ConfirmationTokenHash, hash)
                    .SetProperty(s => s.ConfirmationSentAt, now)
                    .SetProperty(s => s.Frequency, s => s.State == SubscriberState.Pending ? token.Frequency : s.Frequency)
                    .SetProperty(s => s.Language, s => s.State == SubscriberState.Pending ? language : s.Language),
                cancellationToken) == 1;
    }

    private static async Task<bool> AddAsync(
        PapersDb db, EmailAddress address, ConfirmationToken token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.Subscribers.Add(new Subscriber
        {
            Email = address.Typed,
            NormalizedEmail = address.Normalized,
            Frequency = token.Frequency,
            Language = ChosenLanguage,
            State = SubscriberState.Pending,
            ConfirmationTokenHash = token.Hash,
            ConfirmationSentAt = now,
            CreatedAt = now,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // The same address was added between the question and the write; that request sends the mail.
            if (!await db.Subscribers.AnyAsync(s => s.NormalizedEmail == address.Normalized, cancellationToken))
                throw;
            return false;
        }
    }

    /// <summary>Doubles with every unanswered request, so that nobody's mailbox is filled by others.</summary>
    private TimeSpan Interval(DateTimeOffset created, DateTimeOffset sent)
    {
        var grown = TimeSpan.FromTicks(Math.Min((sent - created).Ticks, LongestInterval.Ticks));
        return grown > _options.ConfirmationInterval ? grown : _options.ConfirmationInterval;
    }

    private async Task AllowAnotherAsync(ConfirmationToken token)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        var hash = token.Hash;
        await db.Subscribers.Where(s => s.ConfirmationTokenHash == hash).ExecuteUpdateAsync(
            set => set
                .SetProperty(s => s.ConfirmationTokenHash, (byte[]?)null)
                .SetProperty(s => s.ConfirmationSentAt, (DateTimeOffset?)null),
            CancellationToken.None);
    }

    private Task<int> EndAsync(IQueryable<Subscriber> subscribers, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        return subscribers.Where(s => s.State == SubscriberState.Active).ExecuteUpdateAsync(
            set => set
                .SetProperty(s => s.State, SubscriberState.Unsubscribed)
                .SetProperty(s => s.UnsubscribedAt, now)
                .SetProperty(s => s.ConfirmationTokenHash, (byte[]?)null),
            cancellationToken);
    }

    private IQueryable<Subscriber> ValidFor(PapersDb db, ConfirmationToken token)
    {
        var hash = token.Hash;
        var expired = time.GetUtcNow() - _options.ConfirmationLifetime;
        return db.Subscribers.Where(s => s.ConfirmationTokenHash == hash && s.ConfirmationSentAt > expired);
    }
}
