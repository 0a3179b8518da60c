using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MimeKit;

namespace DailyPapers.Digests.Subscribing;

/// <summary>
/// A checked e-mail address. Narrower than RFC 5321: a dot-atom of ASCII before the <c>@</c> (quoted strings and SMTPUTF8
/// fail at too many servers) and a domain name after it, which may be international.
/// </summary>
public sealed record EmailAddress
{
    private const int Longest = 254;
    private const int LongestLocalPart = 64;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };
    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    private EmailAddress(string typed, string localPart, string domain) =>
        (Typed, Mailbox, Normalized) = (typed, $"{localPart}@{domain}", $"{localPart.ToLowerInvariant()}@{domain}");

    /// <summary>The address as typed, without blanks around it.</summary>
    public string Typed { get; }

    /// <summary>What mail is sent to: the local part as typed, the domain in lower-case ASCII (IDNA).</summary>
    public string Mailbox { get; }

    /// <summary>The form that makes an address unique: <see cref="Mailbox"/> in lower case.</summary>
    public string Normalized { get; }

    /// <summary>Reads one address as a person types it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowLocalhost">Whether <c>someone@localhost</c> is an address.</param>
    /// <param name="address">The address, when the text is one.</param>
    /// <param name="problem">Otherwise what was expected, for the person who typed it.</param>
    public static bool TryParse(
        string? text, bool allowLocalhost, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        var typed = text?.Trim(' ');
        if (string.IsNullOrEmpty(typed))
            return Refuse(T["Enter an e-mail address, such as name@example.org."], out problem);
        if (typed.Length > Longest)
            return Refuse(T["The address has {0} characters; at most {1} are allowed.", typed.Length, Longest], out problem);
        var at = typed.LastIndexOf('@');
        if (at <= 0 || at == typed.Length - 1)
            return Refuse(T["An e-mail address has a name, an @ and a domain, such as name@example.org."], out problem);

        var localPart = typed[..at];
        if (localPart.Length > LongestLocalPart)
            return Refuse(T["The part before the @ has {0} characters; at most {1} are allowed.", localPart.Length, LongestLocalPart], out problem);
        if (!IsDotAtom(localPart))
            return Refuse(T["Before the @ only letters a to z, digits, single dots between them and !#$%&'*+-/=?^_`{|}~ are accepted; enter one address without name or brackets."], out problem);
        if (!TryDomain(typed[(at + 1)..], allowLocalhost, out var domain))
            return Refuse(T["After the @ a domain name such as example.org is expected."], out problem);

        var parsed = new EmailAddress(typed, localPart, domain);
        if (parsed.Mailbox.Length > Longest || !MailboxAddress.TryParse(Strict, parsed.Mailbox, out var mailbox) || mailbox.GetAddress(idnEncode: true) != parsed.Mailbox)
            return Refuse(T["This is not an address mail can be sent to; expected one like name@example.org."], out problem);
        (address, problem) = (parsed, null);
        return true;
    }

    /// <summary>The address as mail is sent to it.</summary>
    public override string ToString() => Mailbox;

    private static bool IsDotAtom(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || ".!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal))
        && text[0] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal);

    private static bool TryDomain(string text, bool allowLocalhost, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        try
        {
            // IDNA removes or maps some of these; an address must not change by that.
            if (text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format))
                return false;
            var ascii = Idn.GetAscii(text).ToLowerInvariant();
            if (!ascii.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'))
                return false;
            var labels = ascii.Split('.');
            if (labels.Any(label => label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-'))
                return false;
            if (labels.Length == 1 ? !(allowLocalhost && ascii == "localhost") : labels[^1].All(char.IsAsciiDigit))
                return false;
            domain = ascii;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool Refuse(string reason, out string problem)
    {
        problem = reason;
        return false;
    }
}
