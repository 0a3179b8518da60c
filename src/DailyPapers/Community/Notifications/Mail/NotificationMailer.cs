using DailyPapers.Digests;
using DailyPapers.Digests.Mail;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Digests.Transport;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Notifications.Mail;

/// <summary>
/// Mails what people have not read, gathered for each. A notification is marked as mailed before the hand-over: one that was
/// cut off by a crash is not sent again, since it still stands on the site, while a second copy would be noise.
/// </summary>
public sealed class NotificationMailer
{
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(3);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private readonly IDbContextFactory<PapersDb> _contexts;
    private readonly IMailTransport _transport;
    private readonly NotificationMailComposer _composer;
    private readonly SiteOptions _site;
    private readonly TimeProvider _time;
    private readonly ILogger<NotificationMailer> _log;

    /// <summary>Made by the container.</summary>
    public NotificationMailer(
        IDbContextFactory<PapersDb> contexts, IMailTransport transport, MailComposer mails, SiteLinks links, IOptions<SiteOptions> site, TimeProvider time,
        ILogger<NotificationMailer> log)
    {
        (_contexts, _transport, _site, _time, _log) = (contexts, transport, site.Value, time, log);
        _composer = new NotificationMailComposer(mails, links, site);
    }

    /// <summary>Mails what is due now, and returns the number of mails taken by the server.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        if (due.Count == 0)
            return 0;
        var sent = 0;
        await using var session = _transport.Open();
        foreach (var account in due)
        {
            var result = await SendAsync(session, account, cancellationToken);
            sent += result?.Status is MailStatus.Accepted ? 1 : 0;
            // A server that cannot be used is not asked again for the others.
            if (result?.Status is MailStatus.Unavailable)
                break;
        }
        return sent;
    }

    private static TimeSpan Wait(MailPace pace) => pace is MailPace.Soon ? TimeSpan.FromMinutes(15) : TimeSpan.FromDays(1);

    private static IQueryable<Notification> Waiting(PapersDb db, DateTimeOffset now)
    {
        var oldest = now - Oldest;
        return db.Notifications.Where(n => n.MailedAt == null && n.ReadAt == null && n.CreatedAt >= oldest);
    }

    private async Task<IReadOnlyList<long>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var now = _time.GetUtcNow();
        // Nobody is written to at an address that is not proved to be theirs.
        var rows = await (
            from n in Waiting(db, now).AsNoTracking()
            join a in db.Users on n.AccountId equals a.Id
            where a.EmailConfirmed && (a.BannedUntil == null || a.BannedUntil <= now)
            select new { n.AccountId, n.Kind, n.CreatedAt }).ToListAsync(cancellationToken);
        var due = new List<long>();
        foreach (var own in rows.GroupBy(row => row.AccountId))
        {
            var preference = await NotificationPreferences.EnsureAsync(db, own.Key, cancellationToken);
            var mailed = own.Where(row => preference.Mails(row.Kind)).ToList();
            if (mailed.Count > 0 && mailed.Min(row => row.CreatedAt) <= now - Wait(preference.Pace) && (preference.MailNotBefore ?? now) <= now)
                due.Add(own.Key);
        }
        return due;
    }

    private async Task<MailResult?> SendAsync(IMailSession session, long accountId, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var now = _time.GetUtcNow();
        var lease = now + Lease;
        var row = db.NotificationPreferences.Where(p => p.AccountId == accountId);
        if (await row.Where(p => p.LeasedUntil == null || p.LeasedUntil < now).ExecuteUpdateAsync(set => set.SetProperty(p => p.LeasedUntil, lease), cancellationToken) == 0)
            return null;
        MailResult? result = null;
        try
        {
            result = await WriteAsync(db, session, accountId, now, cancellationToken);
        }
        finally
        {
            var retry = result?.Status is MailStatus.Deferred or MailStatus.Unavailable ? now + Retry : (DateTimeOffset?)null;
            await row.ExecuteUpdateAsync(set => set.SetProperty(p => p.LeasedUntil, (DateTimeOffset?)null).SetProperty(p => p.MailNotBefore, retry), CancellationToken.None);
        }
        return result;
    }

    private async Task<MailResult?> WriteAsync(PapersDb db, IMailSession session, long accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var preference = await db.NotificationPreferences.AsNoTracking().SingleAsync(p => p.AccountId == accountId, cancellationToken);
        var waiting = await NotificationInbox.ViewsAsync(db, Waiting(db, now).AsNoTracking().Where(n => n.AccountId == accountId), cancellationToken);
        // What was taken back or hidden meanwhile is not worth a mail; a decision about it is.
        var told = waiting.Where(n => preference.Mails(n.Kind) && (n.Excerpt is not null || n.Kind is NotificationKind.Moderation or NotificationKind.FollowedPaper)).ToList();
        var account = await db.Users.AsNoTracking().Where(a => a.Id == accountId).Select(a => new { a.Email, a.Language }).SingleAsync(cancellationToken);
        if (told.Count == 0 || !EmailAddress.TryParse(account.Email, allowLocalhost: true, out var to, out _))
            return null;

        Use(_site.TextsFor(account.Language));
        var message = await _composer.ComposeAsync(to, told, preference.MailSecret);
        var ids = told.Select(n => n.Id).ToArray();
        var mailed = db.Notifications.Where(n => EF.Parameter(ids).Contains(n.Id));
        await mailed.ExecuteUpdateAsync(set => set.SetProperty(n => n.MailedAt, now), cancellationToken);
        MailResult result;
        try
        {
            result = await session.SendAsync(message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A session only gives way before the hand-over.
            await mailed.ExecuteUpdateAsync(set => set.SetProperty(n => n.MailedAt, (DateTimeOffset?)null), CancellationToken.None);
            throw;
        }
        if (result.Status is MailStatus.Deferred or MailStatus.Unavailable)
            await mailed.ExecuteUpdateAsync(set => set.SetProperty(n => n.MailedAt, (DateTimeOffset?)null), CancellationToken.None);
        if (result.Status is not MailStatus.Accepted)
            _log.LogWarning("Notifications for account {Account}: {Status}, {Answer}", accountId, result.Status, result.Answer);
        return result;
    }
}
