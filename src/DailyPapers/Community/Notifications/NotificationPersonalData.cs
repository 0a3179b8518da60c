using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Notifications;

/// <summary>What a person was told and how they want to be.</summary>
internal sealed class NotificationPersonalData : IPersonalData
{
    public string Name => "notifications";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        var told = await NotificationInbox.ViewsAsync(db, db.Notifications.AsNoTracking().Where(n => n.AccountId == accountId), cancellationToken);
        var preference = await db.NotificationPreferences.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == accountId, cancellationToken);
        return new
        {
            Mailed = preference is null ? null : Enum.GetValues<NotificationKind>().Where(preference.Mails).Select(kind => kind.ToString()).ToList(),
            Pace = preference?.Pace.ToString(),
            Told = told.Select(n => new { n.At, n.Sentence, n.Path }).ToList(),
        };
    }

    public async Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        // What others were told of the person goes too: it names them.
        await db.Notifications.Where(n => n.AccountId == accountId || n.ActorId == accountId).ExecuteDeleteAsync(cancellationToken);
        await db.NotificationPreferences.Where(p => p.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
    }
}
