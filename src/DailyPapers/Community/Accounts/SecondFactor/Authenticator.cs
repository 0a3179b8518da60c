using System.Security.Cryptography;
using System.Text;
using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts.SecondFactor;

/// <summary>The second step of signing in: codes of an authenticator app, and recovery codes for when it is lost.</summary>
public sealed class Authenticator(IDbContextFactory<PapersDb> contexts, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Recovery codes a person gets.</summary>
    public const int RecoveryCodes = 10;

    private const int KeyBytes = 20;
    private const int RecoveryBytes = 10;
    private readonly IDataProtector _stored = protection.CreateProtector("DailyPapers.Authenticator.Key");
    private readonly IDataProtector _offered = protection.CreateProtector("DailyPapers.Authenticator.Offer");

    /// <summary>A new secret to offer to an account.</summary>
    public AuthenticatorOffer Offer(long accountId)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return new(Totp.Base32(key), Convert.ToBase64String(_offered.Protect([.. BitConverter.GetBytes(accountId), .. key])));
    }

    /// <summary>The offer that a form brings back; null when it is not one made for this account.</summary>
    public AuthenticatorOffer? Read(long accountId, string? sealedOffer) =>
        OfferedKey(accountId, sealedOffer) is { } key ? new(Totp.Base32(key), sealedOffer!) : null;

    /// <summary>Turns the second step on once a code shows that the app has the secret; the recovery codes, or null when the code is wrong.</summary>
    public async Task<IReadOnlyList<string>?> EnableAsync(long accountId, string? sealedOffer, string? code, CancellationToken cancellationToken)
    {
        if (OfferedKey(accountId, sealedOffer) is not { } key || Totp.Match(key, Digits(code), time.GetUtcNow(), after: 0) is not { } step)
            return null;
        var encrypted = _stored.Protect(key);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Users.Where(a => a.Id == accountId).ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.AuthenticatorKey, encrypted)
                .SetProperty(a => a.AuthenticatorStep, step)
                .SetProperty(a => a.TwoFactorEnabled, true),
            cancellationToken);
        var codes = await ReplaceCodesAsync(db, accountId, cancellationToken);
        db.Record(accountId, "account.second-factor.on", $"account:{accountId}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    /// <summary>Turns the second step off and forgets the secret and the recovery codes.</summary>
    public async Task DisableAsync(long accountId, long? actorId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Users.Where(a => a.Id == accountId).ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.AuthenticatorKey, (byte[]?)null)
                .SetProperty(a => a.AuthenticatorStep, 0)
                .SetProperty(a => a.TwoFactorEnabled, false),
            cancellationToken);
        await db.RecoveryCodes.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        db.Record(actorId, "account.second-factor.off", $"account:{accountId}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>New recovery codes in place of the old ones.</summary>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        var codes = await ReplaceCodesAsync(db, accountId, cancellationToken);
        db.Record(accountId, "account.second-factor.codes", $"account:{accountId}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    /// <summary>How many recovery codes are unused.</summary>
    public async Task<int> RecoveryCodesLeftAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RecoveryCodes.CountAsync(c => c.AccountId == accountId, cancellationToken);
    }

    /// <summary>Whether the code is the account's, and uses it up: no code is good twice, not even at the same time.</summary>
    public async Task<CodeVerdict> VerifyAsync(long accountId, string? code, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken);
        if (account is not { TwoFactorEnabled: true, AuthenticatorKey: { } encrypted })
            return CodeVerdict.Wrong;
        if (StoredKey(encrypted) is { } key && Totp.Match(key, Digits(code), time.GetUtcNow(), account.AuthenticatorStep) is { } step)
        {
            var used = await db.Users.Where(a => a.Id == accountId && a.AuthenticatorStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.AuthenticatorStep, step), cancellationToken);
            return used == 1 ? CodeVerdict.Code : CodeVerdict.Wrong;
        }
        var hash = Hash(code ?? "");
        return await db.RecoveryCodes.Where(c => c.AccountId == accountId && c.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 1
            ? CodeVerdict.RecoveryCode
            : CodeVerdict.Wrong;
    }

    private static async Task<IReadOnlyList<string>> ReplaceCodesAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        await db.RecoveryCodes.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        var codes = Enumerable.Range(0, RecoveryCodes)
            .Select(_ => string.Join('-', Totp.Base32(RandomNumberGenerator.GetBytes(RecoveryBytes)).ToLowerInvariant().Chunk(4).Select(part => new string(part))))
            .ToList();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { AccountId = accountId, Hash = Hash(code) }));
        return codes;
    }

    // Null when the key ring was lost, as after restoring the database alone: recovery codes still sign in then.
    private byte[]? StoredKey(byte[] encrypted)
    {
        try
        {
            return _stored.Unprotect(encrypted);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[]? OfferedKey(long accountId, string? sealedOffer)
    {
        var bytes = new byte[512];
        if (sealedOffer is null || !Convert.TryFromBase64String(sealedOffer, bytes, out var length))
            return null;
        try
        {
            var opened = _offered.Unprotect(bytes[..length]);
            return BitConverter.ToInt64(opened) == accountId ? opened[sizeof(long)..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Digits(string? code) => string.Concat((code ?? "").Where(char.IsAsciiDigit));

    // People type what they wrote down: case, blanks and hyphens do not count.
    private static byte[] Hash(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant()));
}
