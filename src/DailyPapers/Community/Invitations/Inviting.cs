using DailyPapers.Community.Accounts;
using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Invitations;

/// <summary>Inviting people, and who came by whom.</summary>
public sealed class Inviting(IDbContextFactory<PapersDb> contexts, IOptions<AccountOptions> options, TimeProvider time)
{
    private const int SecretBytes = 18;
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    /// <summary>How many more people the account may invite now; null for administrators, who may invite any number.</summary>
    public async Task<int?> LeftAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LeftAsync(db, accountId, cancellationToken);
    }

    /// <summary>Makes an invitation; <paramref name="inviterId"/> is null for the one who runs the machine.</summary>
    public async Task<InvitationResult> InviteAsync(long? inviterId, string? note, CancellationToken cancellationToken)
    {
        note = note?.Trim() ?? "";
        if (note.Length is 0 or > Invitation.LongestNote || note.Any(char.IsControl))
            return new(null, T["note has {0} characters; say in 1 to {1} whom the invitation is for.", note.Length, Invitation.LongestNote]);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Takes the write lock, so that two requests at once cannot both use the last invitation.
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (inviterId is { } id && await LeftAsync(db, id, cancellationToken) is 0)
            return new(null, T["You have no invitation left now. Withdraw an open one, or wait: accepted ones count for thirty days."]);
        var now = time.GetUtcNow();
        var code = BearerSecret.New(SecretBytes);
        var invitation = new Invitation
        {
            InviterId = inviterId,
            CodeHash = BearerSecret.Hash(code),
            Note = note,
            CreatedAt = now,
            ExpiresAt = now + options.Value.InvitationLifetime,
        };
        db.Invitations.Add(invitation);
        await db.SaveChangesAsync(cancellationToken);
        db.Record(inviterId, "invitation.create", $"invitation:{invitation.Id}", now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(code, null);
    }

    /// <summary>The open invitation of a code; null when it is unknown, used or expired.</summary>
    public async Task<Invitation?> FindAsync(string? code, CancellationToken cancellationToken)
    {
        if (!BearerSecret.Fits(code, SecretBytes))
            return null;
        var hash = BearerSecret.Hash(code);
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Invitations.AsNoTracking()
            .SingleOrDefaultAsync(i => i.CodeHash == hash && i.AcceptedAt == null && i.ExpiresAt > now, cancellationToken);
    }

    /// <summary>
    /// Closes an open invitation inside the transaction that makes its account, and names its inviter in the account; false
    /// when it is not open any more.
    /// </summary>
    internal async Task<bool> TakeAsync(PapersDb db, long id, Account account, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        var open = db.Invitations.Where(i => i.Id == id && i.AcceptedAt == null && i.ExpiresAt > now);
        account.InvitedById = await open.Select(i => i.InviterId).SingleOrDefaultAsync(cancellationToken);
        return await open.ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now), cancellationToken) == 1;
    }

    /// <summary>Withdraws one of the account's open invitations; false when it has no such one.</summary>
    public async Task<bool> WithdrawAsync(long accountId, long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Invitations.Where(i => i.Id == id && i.InviterId == accountId && i.AcceptedAt == null).ExecuteDeleteAsync(cancellationToken) == 0)
            return false;
        db.Record(accountId, "invitation.withdraw", $"invitation:{id}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The account's invitations, the newest first.</summary>
    public async Task<IReadOnlyList<InvitationListing>> ListAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Invitations.AsNoTracking()
            .Where(i => i.InviterId == accountId)
            .OrderByDescending(i => i.Id)
            .Select(i => new InvitationListing(
                i.Id, i.Note, i.CreatedAt, i.ExpiresAt, i.AcceptedAt, db.Users.Where(a => a.Id == i.AcceptedById).Select(a => a.DisplayName).SingleOrDefault()))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Everybody who came by an invitation or had one accepted, each below who invited them.</summary>
    public async Task<IReadOnlyList<InvitedPerson>> TreeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var accounts = await db.Users.AsNoTracking()
            .Where(a => a.InvitedById != null || db.Users.Any(other => other.InvitedById == a.Id))
            .OrderBy(a => a.Id)
            .Select(a => new { a.Id, a.DisplayName, a.Email, a.Trust, IsBanned = a.BannedUntil > now, a.InvitedById })
            .ToListAsync(cancellationToken);
        var byInviter = accounts.ToLookup(a => a.InvitedById ?? 0);
        var tree = new List<InvitedPerson>();
        var open = new Stack<(long Inviter, int Depth, int Next)>([(0, 0, 0)]);
        while (open.TryPop(out var at))
        {
            if (byInviter[at.Inviter].Skip(at.Next).FirstOrDefault() is not { } person)
                continue;
            tree.Add(new(person.Id, person.DisplayName, person.Email!, person.Trust, person.IsBanned, at.Depth));
            open.Push(at with { Next = at.Next + 1 });
            open.Push((person.Id, at.Depth + 1, 0));
        }
        return tree;
    }

    private async Task<int?> LeftAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken) is not { } account)
            return 0;
        if (account.Role is AccountRole.Administrator)
            return null;
        var now = time.GetUtcNow();
        var since = now - Renewal;
        var used = await db.Invitations.CountAsync(
            i => i.InviterId == accountId && ((i.AcceptedAt == null && i.ExpiresAt > now) || i.AcceptedAt > since), cancellationToken);
        return Math.Max(0, options.Value.Trust.Invitations(account.Trust) - used);
    }
}
