using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>
/// The names that accounts have in addresses and mentions: lower-case ASCII letters, digits and single hyphens between
/// them, so that a handle reads the same wherever it stands and no two look alike.
/// </summary>
public sealed class Handles(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>The longest handle, in characters.</summary>
    public const int Longest = 40;

    /// <summary>The shortest one.</summary>
    public const int Shortest = 2;

    // A derived handle leaves room for what tells it from the others.
    private const int LongestDerived = 30;
    private const string Nameless = "reader";
    private const string Signs = "abcdefghjkmnpqrstuvwxyz23456789";

    // Nobody shall speak for the site, and addresses of the site stay its own.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "admin", "administrator", "administrators", "all", "anonymous", "curator", "curators", "deleted", "edit", "everyone", "feed", "help", "here",
        "me", "mod", "moderation", "moderator", "moderators", "new", "null", "official", "owner", "root", "security", "self", "settings", "site", "staff",
        "support", "system", "undefined", "you",
    };

    /// <summary>What is wrong with a handle that somebody chose, or null.</summary>
    public static string? Problem(string? handle)
    {
        if (handle is null || handle.Length is < Shortest or > Longest)
            return T["handle has {0} characters; give it {1} to {2}.", handle?.Length ?? 0, Shortest, Longest];
        if (!IsWellFormed(handle))
            return T["handle may hold the letters a to z, digits, and single hyphens between them, such as ada-lovelace."];
        return Reserved.Contains(handle) ? T["The handle {0} is kept for the site; choose another.", handle] : null;
    }

    /// <summary>Whether a text has the form of a handle.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length is < Shortest or > Longest || text[0] == '-' || text[^1] == '-' || text.Contains("--", StringComparison.Ordinal))
            return false;
        foreach (var sign in text)
        {
            if (!char.IsAsciiLetterLower(sign) && !char.IsAsciiDigit(sign) && sign != '-')
                return false;
        }
        return true;
    }

    /// <summary>A handle made of a name; always well formed, not always free.</summary>
    public static string Derive(string name)
    {
        var handle = new StringBuilder();
        foreach (var rune in name.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (handle.Length >= LongestDerived)
                break;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark || rune.Value is '\'' or '\u2019' or '\u02BC')
                continue;
            if (rune.IsAscii && Rune.IsLetterOrDigit(rune))
                handle.Append(char.ToLowerInvariant((char)rune.Value));
            else if (Spelled(rune) is { } letters)
                handle.Append(letters);
            else if (handle.Length > 0 && handle[^1] != '-')
                handle.Append('-');
        }
        var derived = handle.ToString().TrimEnd('-');
        return derived.Length >= Shortest && !Reserved.Contains(derived) ? derived : Nameless;
    }

    /// <summary>A handle for a name that no account has: the derived one, or it with a few random signs.</summary>
    internal static async Task<string> FreeAsync(PapersDb db, string name, CancellationToken cancellationToken)
    {
        var handle = Derive(name);
        // The nameless one is nobody's: who got it first would be taken for all of them.
        for (var taken = handle == Nameless; ; taken = true)
        {
            var candidate = taken ? $"{handle}-{RandomNumberGenerator.GetString(Signs, 5)}" : handle;
            if (!await db.Users.AnyAsync(a => a.Handle == candidate, cancellationToken))
                return candidate;
        }
    }

    /// <summary>Gives an account another handle; links and mentions of the old one lead nowhere afterwards.</summary>
    /// <returns>What is wrong and how to mend it, or null when the account has the handle.</returns>
    public async Task<string?> ChangeAsync(long accountId, string? wanted, CancellationToken cancellationToken)
    {
        var handle = wanted?.Trim().TrimStart('@').ToLowerInvariant();
        if (Problem(handle) is { } problem)
            return problem;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Names stand on anonymous pages.
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        var account = await db.Users.SingleAsync(a => a.Id == accountId, cancellationToken);
        if (account.Handle == handle)
            return null;
        if (await db.Users.AnyAsync(a => a.Handle == handle, cancellationToken))
            return T["The handle {0} is taken; choose another.", handle];
        db.Record(accountId, "account.handle", $"account:{accountId}", time.GetUtcNow(), $"{account.Handle} to {handle}");
        account.Handle = handle;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Gives a handle to accounts made before there were handles.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var account in await db.Users.Where(a => a.Handle == null).OrderBy(a => a.Id).ToListAsync(cancellationToken))
        {
            account.Handle = await FreeAsync(db, account.DisplayName, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    // Letters that Unicode does not take apart.
    private static string? Spelled(Rune rune) => rune.Value switch
    {
        'ß' or 'ẞ' => "ss",
        'ø' or 'Ø' => "o",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => null,
    };
}
