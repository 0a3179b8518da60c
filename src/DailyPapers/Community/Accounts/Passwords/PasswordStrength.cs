using System.Text;
using DailyPapers.Digests;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Accounts.Passwords;

/// <summary>
/// Refuses the passwords that attackers try first: common ones with their usual decorations, the person's or the site's own
/// names, and runs along the alphabet or the keyboard. What is left after those must still be long enough to be worth something.
/// </summary>
public sealed class PasswordStrength : IPasswordValidator<Account>
{
    private const int LeastRest = 6;
    private const int ShortestRun = 5;

    private static readonly string[] Rows =
        ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "1qaz2wsx3edc4rfv5tgb", "q1w2e3r4t5y6u7i8o9p0"];

    private readonly string _site;
    private readonly CommonPasswords[] _lists;

    /// <summary>Reads the lists.</summary>
    /// <exception cref="IOException">The file that <c>Accounts:CommonPasswords</c> names cannot be read.</exception>
    public PasswordStrength(IOptions<AccountOptions> options, IOptions<SiteOptions> site)
    {
        _site = site.Value.Name;
        _lists = options.Value.CommonPasswords is { Length: > 0 } file
            ? [CommonPasswords.Shipped, CommonPasswords.Read(File.ReadAllBytes(file))]
            : [CommonPasswords.Shipped];
    }

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(Problem(password ?? "", [user.DisplayName, user.Email ?? "", _site]) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordStrength), Description = problem })
            : IdentityResult.Success);
    }

    /// <summary>What makes the password easy to guess, and how to mend it; null when nothing does.</summary>
    /// <param name="password">The password.</param>
    /// <param name="context">What an attacker knows: the person's name and address, the site's name.</param>
    public string? Problem(string password, IEnumerable<string> context)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (IsCommon(password))
            return T["This password is among those that are tried first. Choose another, such as a few unrelated words."];
        if (Runs(password.ToLowerInvariant()) is { } run && password.Length - run < LeastRest)
            return T["This password runs along the alphabet, the digits or the keyboard. Choose another, such as a few unrelated words."];
        if (IsRepeated(password))
            return T["This password repeats one short part. Choose another, such as a few unrelated words."];
        return Without(password, context) < LeastRest
            ? T["This password is made of your name, your address or the site's name. Choose another, such as a few unrelated words."]
            : null;
    }

    private bool IsCommon(string password)
    {
        var plain = PasswordSpelling.Plain(password);
        if (InList(plain))
            return true;
        // Decorations are taken off as typed: spelled plainly, 2024! would be letters.
        var core = PasswordSpelling.Plain(PasswordSpelling.Core(password));
        return core.Length >= PasswordSpelling.ShortestWord && password.Length - core.Length > 0 && InList(core);
    }

    private bool InList(string plain) => Array.Exists(_lists, list => list.Contains(plain));

    /// <summary>How many characters lie in runs of neighbours, forwards or backwards; null when there is no run.</summary>
    private static int? Runs(string text)
    {
        var inRuns = 0;
        for (var at = 0; at < text.Length;)
        {
            var longest = Rows.Max(row => Math.Max(RunLength(text, at, row), RunLength(text, at, Reversed(row))));
            if (longest >= ShortestRun)
                inRuns += longest;
            at += longest >= ShortestRun ? longest : 1;
        }
        return inRuns == 0 ? null : inRuns;
    }

    private static int RunLength(string text, int at, string row)
    {
        var start = row.IndexOf(text[at], StringComparison.Ordinal);
        if (start < 0)
            return 0;
        var length = 0;
        while (at + length < text.Length && start + length < row.Length && text[at + length] == row[start + length])
            length++;
        return length;
    }

    private static string Reversed(string row)
    {
        var letters = row.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }

    private static bool IsRepeated(string password)
    {
        for (var part = 1; part <= Math.Min(LeastRest, password.Length / 2); part++)
        {
            var period = part;
            if (Enumerable.Range(period, password.Length - period).All(i => password[i] == password[i - period]))
                return true;
        }
        return false;
    }

    /// <summary>The length that is left without the words of the context.</summary>
    private static int Without(string password, IEnumerable<string> context)
    {
        var rest = new StringBuilder(PasswordSpelling.Plain(PasswordSpelling.Core(password)));
        var words = context.SelectMany(text => text.Split([' ', '@', '.', '-', '_', '+', ',', '\''], StringSplitOptions.RemoveEmptyEntries))
            .Select(PasswordSpelling.Plain)
            .Where(word => word.Length >= PasswordSpelling.ShortestWord)
            .OrderByDescending(word => word.Length)
            .ToList();
        if (!words.Exists(word => rest.ToString().Contains(word, StringComparison.Ordinal)))
            return password.Length;
        foreach (var word in words)
            rest.Replace(word, "");
        return rest.ToString().Count(char.IsLetter);
    }
}
