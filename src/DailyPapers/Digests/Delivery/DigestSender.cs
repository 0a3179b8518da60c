using DailyPapers.Digests.Mail;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Digests.Transport;
using DailyPapers.Editions;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DailyPapers.Digests.Delivery;

/// <summary>
/// Sends the digest of a day or week, once to each subscriber whatever crashes. Who gets it is fixed when it is first
/// queued: whoever confirms later gets the next one. A run may be cancelled between two mails and started again at any time,
/// here or in another process; it goes on where the last one ended.
/// </summary>
public sealed class DigestSender
{
    private const int MostBrokenInARow = 3;
    private readonly DeliveryLedger _ledger;
    private readonly DigestComposer _composer;
    private readonly ForYouSection _forYou;
    private readonly IMailTransport _transport;
    private readonly SiteOptions _site;
    private readonly ILogger<DigestSender> _log;

    /// <summary>Made by the container.</summary>
    public DigestSender(
        IDbContextFactory<PapersDb> contexts, DigestComposer composer, ForYouSection forYou, MailComposer mails, IMailTransport transport,
        IOptions<DigestOptions> options, IOptions<SiteOptions> site, TimeProvider time, ILogger<DigestSender> log)
    {
        (_composer, _forYou, _transport, _site, _log) = (composer, forYou, transport, site.Value, log);
        _ledger = new DeliveryLedger(contexts, mails, options, time);
    }

    /// <summary>
    /// Queues the digest if it was not yet and sends what is due of it, one mail after the other over one connection.
    /// A refused address stops nobody else; when the server cannot be used at all, the run stops and the rest waits.
    /// </summary>
    /// <exception cref="ArgumentException">The period is a month.</exception>
    public async Task<DigestSummary> SendAsync(
        Period period, DigestSendOptions options, IProgress<DigestProgress>? progress, CancellationToken cancellationToken)
    {
        var papers = await _composer.ReadAsync(period, cancellationToken);
        if (options.DryRun)
            return await ForecastAsync(period, papers.Count, options, cancellationToken);
        await _ledger.RecoverAsync(_transport.IsRepeatable, cancellationToken);
        if (papers.Count == 0)
        {
            await _ledger.AbandonAsync(period, "The edition has no papers any more.", cancellationToken);
            return await SummaryAsync(period, papers: 0, sentNow: 0, stopped: null, cancellationToken);
        }

        await _ledger.QueueAsync(period, options.ConfirmedBy, cancellationToken);
        var due = await _ledger.DueAsync(period, cancellationToken);
        var digests = new DigestInLanguages(_composer, period, papers);
        var (sent, broken) = (0, 0);
        string? stopped = null;
        await using (var session = _transport.Open())
        {
            for (var i = 0; i < due.Count && stopped is null; i++)
            {
                progress?.Report(new(i, due.Count));
                var result = await DeliverAsync(session, digests, due[i], cancellationToken);
                sent += result?.Status is MailStatus.Accepted ? 1 : 0;
                broken = result?.Status is MailStatus.Unavailable ? broken + 1 : 0;
                if (broken == MostBrokenInARow || (broken > 0 && i == due.Count - 1))
                    stopped = result!.Answer;
            }
            progress?.Report(new(due.Count, due.Count));
        }
        return await SummaryAsync(period, papers.Count, sent, stopped, cancellationToken);
    }

    /// <summary>Deliveries, the last changed first; of one period or all, in one state or all.</summary>
    public Task<IReadOnlyList<DeliveryListing>> ListAsync(Period? period, DeliveryState? state, CancellationToken cancellationToken) =>
        _ledger.ListAsync(period, state, cancellationToken);

    /// <summary>
    /// Decides about a delivery that is uncertain, failed or waiting for a retry: to be sent by the next run, or dropped.
    /// False when there is no such delivery or it is in no state to be decided about.
    /// </summary>
    public Task<bool> ResolveAsync(long deliveryId, DeliveryResolution resolution, CancellationToken cancellationToken) =>
        _ledger.ResolveAsync(deliveryId, resolution, cancellationToken);

    /// <summary>Goes on with every digest that has mails due: what waited for a retry, what a dead process left.</summary>
    internal async Task<IReadOnlyList<DigestSummary>> ResumeAsync(CancellationToken cancellationToken)
    {
        await _ledger.RecoverAsync(_transport.IsRepeatable, cancellationToken);
        var summaries = new List<DigestSummary>();
        foreach (var name in await _ledger.DuePeriodsAsync(cancellationToken))
        {
            if (Period.TryParseDay(name, out var period) || Period.TryParseWeek(name, out period))
                summaries.Add(await SendAsync(period, new(), progress: null, cancellationToken));
        }
        return summaries;
    }

    /// <summary>Whether the digest has not been queued yet and somebody would get it.</summary>
    internal async Task<bool> IsAwaitedAsync(DueDigest due, CancellationToken cancellationToken) =>
        !await _ledger.IsQueuedAsync(due.Period, cancellationToken)
        && await _ledger.CountRecipientsAsync(due.Period, due.Since, cancellationToken) > 0;

    private async Task<MailResult?> DeliverAsync(IMailSession session, DigestInLanguages digests, DigestDelivery delivery, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await _ledger.ClaimAsync(delivery, cancellationToken) is not { } subscriber)
            return null;
        MailResult result;
        try
        {
            Use(_site.TextsFor(subscriber.Language));
            var digest = await digests.SpokenAsync(cancellationToken);
            var own = await _forYou.ForAsync(digest.Period, subscriber, cancellationToken);
            result = EmailAddress.TryParse(subscriber.Email, allowLocalhost: true, out var to, out var problem)
                ? await session.SendAsync(_composer.Address(digest, subscriber, to, delivery.MessageId, own), cancellationToken)
                : new(MailStatus.Refused, problem);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A session only gives way before the hand-over.
            await _ledger.RecordAsync(delivery, new(MailStatus.Unavailable, "The run was cancelled."));
            throw;
        }
        if (!await _ledger.RecordAsync(delivery, result))
            _log.LogWarning("Delivery {Delivery} took longer than Digest:Lease; its outcome ({Status}) was not recorded.", delivery.Id, result.Status);
        if (result.Status is not MailStatus.Accepted)
            _log.LogWarning("Digest {Period} for subscriber {Subscriber}: {Status}, {Answer}", delivery.Period, subscriber.Id, result.Status, result.Answer);
        return result;
    }

    private async Task<DigestSummary> ForecastAsync(Period period, int papers, DigestSendOptions options, CancellationToken cancellationToken)
    {
        var summary = await SummaryAsync(period, papers, sentNow: 0, stopped: null, cancellationToken);
        if (papers == 0 || summary.Recipients > 0)
            return summary;
        var recipients = await _ledger.CountRecipientsAsync(period, options.ConfirmedBy, cancellationToken);
        return summary with { Recipients = recipients, Waiting = recipients };
    }

    private async Task<DigestSummary> SummaryAsync(Period period, int papers, int sentNow, string? stopped, CancellationToken cancellationToken)
    {
        var counts = await _ledger.CountsAsync(period, cancellationToken);
        return new(
            period.Name, papers, counts.Values.Sum(), sentNow,
            Of(DeliveryState.Sent), Of(DeliveryState.Queued), Of(DeliveryState.Sending), Of(DeliveryState.Failed), Of(DeliveryState.Uncertain), stopped);

        int Of(DeliveryState state) => counts.GetValueOrDefault(state);
    }
}
