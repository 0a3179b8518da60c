using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts.Sessions;

/// <summary>Where a person is signed in.</summary>
internal sealed class SessionPersonalData : IPersonalData
{
    public string Name => "sessions";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        await db.AccountSessions.AsNoTracking()
            .Where(s => s.AccountId == accountId)
            .OrderBy(s => s.SignedInAt)
            .Select(s => new { s.Device, s.Method, s.SignedInAt, s.LastSeenAt })
            .ToListAsync(cancellationToken);

    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        db.AccountSessions.Where(s => s.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
}
