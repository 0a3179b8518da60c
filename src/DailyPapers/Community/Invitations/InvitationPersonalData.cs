using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Invitations;

/// <summary>The invitations a person gave.</summary>
internal sealed class InvitationPersonalData : IPersonalData
{
    public string Name => "invitations";

    public async Task<object> ExportAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        await db.Invitations.AsNoTracking()
            .Where(i => i.InviterId == accountId)
            .OrderBy(i => i.CreatedAt)
            .Select(i => new { i.Note, i.CreatedAt, i.ExpiresAt, i.AcceptedAt })
            .ToListAsync(cancellationToken);

    // Open ones end with their inviter; accepted ones stay without a name, so that the tree's other branches hold.
    public Task EraseAsync(PapersDb db, long accountId, CancellationToken cancellationToken) =>
        db.Invitations.Where(i => i.InviterId == accountId && i.AcceptedAt == null).ExecuteDeleteAsync(cancellationToken);
}
