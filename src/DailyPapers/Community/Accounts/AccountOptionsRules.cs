using System.Text.RegularExpressions;
using DailyPapers.Community.Accounts.Passwords;
using Microsoft.Extensions.Options;

namespace DailyPapers.Community.Accounts;

internal sealed partial class AccountOptionsRules : IValidateOptions<AccountOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountOptions options)
    {
        var problems = new List<string>();
        if (options.SignUp is SignUpMode.Domains && options.Domains.Count == 0)
            problems.Add("Accounts:SignUp is \"Domains\" but Accounts:Domains names none; list them, such as [\"example.org\"].");
        if (options.SignUp is SignUpMode.Domains && options.ConfirmAddresses is false)
            problems.Add("Accounts:SignUp is \"Domains\", so addresses decide who may come and must be confirmed; leave Accounts:ConfirmAddresses out.");
        foreach (var domain in options.Domains.Where(domain => Uri.CheckHostName(domain) is not UriHostNameType.Dns || !domain.Contains('.', StringComparison.Ordinal)))
            problems.Add($"Accounts:Domains has \"{domain}\"; expected a domain such as \"example.org\", without @.");
        if (options.LinkLifetime < TimeSpan.FromMinutes(5) || options.LinkLifetime > TimeSpan.FromDays(7))
            problems.Add("Accounts:LinkLifetime must lie between five minutes and seven days, such as \"24:00:00\".");
        if (options.InvitationLifetime < TimeSpan.FromHours(1) || options.InvitationLifetime > TimeSpan.FromDays(365))
            problems.Add("Accounts:InvitationLifetime must lie between an hour and a year, such as \"14.00:00:00\".");
        if (options.CommonPasswords is { Length: > 0 } file && ListProblem(file) is { } unreadable)
            problems.Add($"Accounts:CommonPasswords names \"{file}\", which cannot be used: {unreadable}");
        problems.AddRange(options.Trust.Problems());
        foreach (var (key, provider) in options.Providers)
            problems.AddRange(Problems(key, provider));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? ListProblem(string file)
    {
        try
        {
            CommonPasswords.Read(File.ReadAllBytes(file));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return exception.Message;
        }
    }

    private static IEnumerable<string> Problems(string key, ProviderOptions provider)
    {
        if (!ProviderName().IsMatch(key))
            yield return $"Accounts:Providers has \"{key}\"; name a provider by 1 to 32 lower-case letters, digits and hyphens.";
        if (!Uri.TryCreate(provider.Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || (provider.AllowHttp && authority.Scheme == Uri.UriSchemeHttp)))
            yield return $"Accounts:Providers:{key}:Authority is \"{provider.Authority}\"; expected the issuer's https address.";
        if (string.IsNullOrWhiteSpace(provider.ClientId) || string.IsNullOrWhiteSpace(provider.ClientSecret))
            yield return $"Accounts:Providers:{key} needs ClientId and ClientSecret, which the provider gave out for this site.";
        var scopes = provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!scopes.Contains("openid", StringComparer.Ordinal))
            yield return $"Accounts:Providers:{key}:Scopes is \"{provider.Scopes}\"; it must have \"openid\", such as \"openid profile email\", or \"openid\" alone where the provider knows no others.";
        foreach (var scope in scopes.Where(scope => !Scope().IsMatch(scope)))
            yield return $"Accounts:Providers:{key}:Scopes has \"{scope}\"; separate scopes by blanks, as in \"openid profile email\", and write them without commas, quotation marks and letters with accents.";
    }

    // RFC 6749, section 3.3, but for the comma: it stands in no scope that is known, and between scopes by mistake.
    [GeneratedRegex(@"^[\x21\x23-\x2B\x2D-\x5B\x5D-\x7E]+$")]
    private static partial Regex Scope();

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex ProviderName();
}
