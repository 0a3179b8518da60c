using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Accounts.Links;

/// <summary>Links that prove something: only their hashes are kept, each works once and not for ever.</summary>
public sealed class AccountLinks(IDbContextFactory<PapersDb> contexts, ILookupNormalizer normalizer, IOptions<AccountOptions> options, TimeProvider time)
{
    private const int SecretBytes = 32;
    private const int MostAnHour = 3;

    /// <summary>
    /// Keeps <paramref name="link"/> and returns the secret for its address; null when three of the kind went to the same
    /// address within the hour: nobody's mailbox shall be filled through us.
    /// </summary>
    public async Task<string?> IssueAsync(AccountLink link, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        link.NormalizedAddress = normalizer.NormalizeEmail(link.Address);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AccountLinks.Where(l => l.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var anHourAgo = now - TimeSpan.FromHours(1);
        if (link.Address.Length > 0
            && await db.AccountLinks.CountAsync(l => l.NormalizedAddress == link.NormalizedAddress && l.Purpose == link.Purpose && l.CreatedAt > anHourAgo, cancellationToken) >= MostAnHour)
            return null;
        var secret = BearerSecret.New(SecretBytes);
        link.TokenHash = BearerSecret.Hash(secret);
        link.CreatedAt = now;
        link.ExpiresAt = now + options.Value.LinkLifetime;
        db.AccountLinks.Add(link);
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }

    /// <summary>The link of a secret; null when it is unknown, used or expired. Changes nothing, so a GET may ask.</summary>
    public async Task<AccountLink?> FindAsync(AccountLinkPurpose purpose, string? secret, CancellationToken cancellationToken)
    {
        if (!BearerSecret.Fits(secret, SecretBytes))
            return null;
        var hash = BearerSecret.Hash(secret);
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AccountLinks.AsNoTracking()
            .SingleOrDefaultAsync(l => l.TokenHash == hash && l.Purpose == purpose && l.ExpiresAt > now, cancellationToken);
    }

    /// <summary>Uses the link up, and others of its purpose to the same address with it; false when somebody else was first.</summary>
    public async Task<bool> UseAsync(AccountLink link, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.AccountLinks.Where(l => l.Id == link.Id).ExecuteDeleteAsync(cancellationToken) == 0)
            return false;
        await db.AccountLinks.Where(l => l.Purpose == link.Purpose && l.NormalizedAddress == link.NormalizedAddress).ExecuteDeleteAsync(cancellationToken);
        return true;
    }

    /// <summary>Takes back a link whose mail could not be sent, so that it does not count.</summary>
    public async Task WithdrawAsync(AccountLink link, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AccountLinks.Where(l => l.Id == link.Id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Takes back all links of a purpose.</summary>
    public async Task WithdrawAllAsync(AccountLinkPurpose purpose, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AccountLinks.Where(l => l.Purpose == purpose).ExecuteDeleteAsync(cancellationToken);
    }
}
