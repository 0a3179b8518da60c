using Microsoft.Extensions.Options;
using MimeKit;

namespace DailyPapers.Digests.Transport;

internal sealed class SmtpOptionsRules : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        var problems = new List<string>();
        AddressProblem("Smtp:From", options.From);
        AddressProblem("Smtp:ReplyTo", options.ReplyTo);
        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromMinutes(30))
            problems.Add($"Smtp:Timeout is {options.Timeout}; expected 00:00:00.1 to 00:30:00.");
        if (!string.IsNullOrEmpty(options.Host))
            ServerProblems(options, problems);
        else if (!string.IsNullOrEmpty(options.User))
            problems.Add("Smtp:User is set, but Smtp:Host is not; name the mail server.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void AddressProblem(string field, string? value)
        {
            if (value is null)
                return;
            if (value.Any(char.IsControl) || !MailboxAddress.TryParse(value, out var mailbox) || !mailbox.Address.Contains('@', StringComparison.Ordinal))
                problems.Add($"{field} is \"{value}\"; expected an address such as \"Daily Papers <papers@example.org>\".");
        }
    }

    private static void ServerProblems(SmtpOptions options, List<string> problems)
    {
        if (Uri.CheckHostName(options.Host) is UriHostNameType.Unknown)
            problems.Add($"Smtp:Host is \"{options.Host}\"; expected the name of a mail server, such as \"smtp.example.org\" (the port goes to Smtp:Port).");
        if (options.Port is < 1 or > 65_535)
            problems.Add($"Smtp:Port is {options.Port}; expected 1 to 65535, usually 587, 465 or 25.");
        if (options.From is null)
            problems.Add("Smtp:From is missing; the server needs a sender, such as \"Daily Papers <papers@example.org>\".");
        if (!Enum.IsDefined(options.Security))
            problems.Add($"Smtp:Security is {options.Security}; expected Auto, None, StartTls or Tls.");
        if (string.IsNullOrEmpty(options.User) != string.IsNullOrEmpty(options.Password))
            problems.Add("Smtp:User and Smtp:Password belong together; set both or neither.");
        if (options.Security is SmtpSecurity.None && !string.IsNullOrEmpty(options.User) && !IsThisMachine(options.Host))
            problems.Add("Smtp:Security is None, which would send the password readably; use StartTls or Tls, or a server that needs no sign-in.");
        if (options.CertificateSha256 is { } fingerprint && (Fingerprint(fingerprint).Length != 64 || !Fingerprint(fingerprint).All(char.IsAsciiHexDigit)))
            problems.Add("Smtp:CertificateSha256 is no SHA-256 fingerprint; expected 64 hex digits, as \"openssl x509 -fingerprint -sha256\" prints them.");
    }

    internal static string Fingerprint(string text) => text.Replace(":", "", StringComparison.Ordinal).Trim();

    internal static bool IsThisMachine(string? host) => host is "localhost" or "127.0.0.1" or "::1" or "[::1]";
}
