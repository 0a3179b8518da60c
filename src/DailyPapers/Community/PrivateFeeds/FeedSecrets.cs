using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.PrivateFeeds;

/// <summary>The secrets in the addresses of private feeds. A secret can be told only when it is made.</summary>
public sealed class FeedSecrets(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    private const int Bytes = 24;

    // Addresses of notifications once had the same bytes in hexadecimal, and feed readers still ask for them.
    private const int HexadecimalLength = 2 * Bytes;

    /// <summary>When the person's present address was made; null while there is none.</summary>
    public async Task<DateTimeOffset?> MadeAtAsync(long accountId, FeedKind kind, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.FeedSecrets.Where(s => s.AccountId == accountId && s.Kind == kind).Select(s => (DateTimeOffset?)s.CreatedAt).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes a new secret; the address with the one before, if any, ends.</summary>
    public Task<string> RenewAsync(long accountId, FeedKind kind, CancellationToken cancellationToken) => FirstWrite.OrAgainAsync(async () =>
    {
        var secret = BearerSecret.New(Bytes);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.FeedSecrets.Where(s => s.AccountId == accountId && s.Kind == kind).ExecuteDeleteAsync(cancellationToken);
        db.FeedSecrets.Add(new FeedSecret { AccountId = accountId, Kind = kind, SecretHash = BearerSecret.Hash(secret), CreatedAt = time.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return secret;
    });

    /// <summary>Ends the address; doing it again changes nothing.</summary>
    public async Task EndAsync(long accountId, FeedKind kind, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.FeedSecrets.Where(s => s.AccountId == accountId && s.Kind == kind).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Whose feed of this kind the secret opens; null for none, and while its person is banned.</summary>
    public async Task<long?> AccountOfAsync(string? secret, FeedKind kind, CancellationToken cancellationToken)
    {
        if (secret is not { Length: HexadecimalLength } && !BearerSecret.Fits(secret, Bytes))
            return null;
        // Found by its hash: how long that takes tells of the hash, and from a hash nobody comes nearer to a secret.
        var hash = BearerSecret.Hash(secret);
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.FeedSecrets.Where(s => s.SecretHash == hash && s.Kind == kind)
            .Join(db.Users.Where(a => !(a.BannedUntil > now)), s => s.AccountId, a => a.Id, (s, a) => (long?)a.Id)
            .SingleOrDefaultAsync(cancellationToken);
    }
}
