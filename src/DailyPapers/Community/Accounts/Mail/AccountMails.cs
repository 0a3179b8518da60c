using System.Globalization;
using DailyPapers.Digests;
using DailyPapers.Digests.Mail;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Digests.Transport;
using DailyPapers.Wording;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DailyPapers.Community.Accounts.Mail;

/// <summary>
/// The mails about accounts. Whoever asks for one gets the same answer whether the address has an account or not, after the
/// same work: a mail is written either way, and only the mail tells.
/// </summary>
public sealed class AccountMails(
    MailComposer mails, SiteLinks links, IMailTransport transport, IOptions<SiteOptions> site, IOptions<AccountOptions> options,
    TimeProvider time, ILogger<AccountMails> log)
{
    internal Task<bool> SendRegistrationAsync(EmailAddress to, string secret) => SendAsync(to, language: null, () => new(
        "register", T["Make your account at {0}", Site], T["Someone, hopefully you, wants to make an account with {0}. Choose a password to begin.", to.Typed],
        $"{Holds} {NotYou}", T["Choose a password"], Address("/account/register/complete", secret)));

    internal Task<bool> SendAlreadyRegisteredAsync(EmailAddress to, string? language) => SendAsync(to, language, () => new(
        "registered", T["You have an account at {0}", Site], T["Someone, hopefully you, wanted to make an account with {0}. It has one already: sign in with it.", to.Typed],
        T["If you have forgotten the password, choose “Forgot your password?” there."] + " " + NotYou, T["Sign in"], links.At("/account/sign-in")));

    internal Task<bool> SendResetAsync(EmailAddress to, string? language, string secret) => SendAsync(to, language, () => new(
        "reset", T["A new password for {0}", Site], T["Someone, hopefully you, has forgotten the password of {0}.", to.Typed],
        $"{Holds} {NotYou}", T["Choose a new password"], Address("/account/reset", secret)));

    internal Task<bool> SendNoAccountAsync(EmailAddress to) => SendAsync(to, language: null, () => new(
        "unknown", T["No account at {0}", Site], T["Someone, hopefully you, asked for a new password for {0}. There is no account with this address.", to.Typed],
        T["Perhaps yours has another address."] + " " + NotYou));

    internal Task<bool> SendAddressChangeAsync(EmailAddress to, string? language, string secret) => SendAsync(to, language, () => new(
        "address", T["Confirm your new address at {0}", Site], T["Your account is about to move to {0}.", to.Typed],
        $"{Holds} {NotYou}", T["Use this address"], Address("/account/email/confirm", secret)));

    internal Task<bool> SendAddressChangedAsync(EmailAddress to, string? language, string address) => SendAsync(to, language, () => new(
        "notice", T["Your account has a new address"], T["Your account is reached at {0} from now on, and no longer at {1}.", address, to.Typed],
        T["If this was not you, choose “Forgot your password?” on the sign-in page at once, or write to who runs the site."], T["Open your account"], links.At("/account")));

    private static string NotYou => T["If you did not ask for this, do nothing: nothing has changed, and nobody learns that you got this mail."];

    private string Site => site.Value.Name;

    private string Holds => MailText.Holds(options.Value.LinkLifetime);

    private string Address(string path, string secret) => links.At($"{path}?token={secret}");

    // Without a language of its own the mail speaks as the visitor who asked for it does.
    private async Task<bool> SendAsync(EmailAddress to, string? language, Func<AccountMailContent> content)
    {
        Use(OfferedLanguages.Find(language) ?? T);
        var message = await ComposeAsync(to, content());
        // A visitor who leaves the page early still gets the mail.
        await using var session = transport.Open();
        var result = await session.SendAsync(message, CancellationToken.None);
        if (result.Status is MailStatus.Refused)
            // Telling would show strangers which mailboxes exist.
            log.LogInformation("A mail about an account was refused: {Answer}", result.Answer);
        if (result.Status is MailStatus.Accepted or MailStatus.Uncertain or MailStatus.Refused)
            return true;
        log.LogWarning("A mail about an account could not be sent: {Answer}", result.Answer);
        return false;
    }

    private async Task<MimeMessage> ComposeAsync(EmailAddress to, AccountMailContent content)
    {
        var html = await MailHtml.RenderAsync<AccountMail>(new()
        {
            [nameof(AccountMail.Title)] = content.Subject,
            [nameof(AccountMail.Text)] = content.Text,
            [nameof(AccountMail.Note)] = content.Note,
            [nameof(AccountMail.SiteName)] = Site,
            [nameof(AccountMail.HomeUrl)] = links.Home,
            [nameof(AccountMail.Url)] = content.Url,
            [nameof(AccountMail.Button)] = content.Button,
        });
        var text = new TextLayout().Paragraph(content.Text).Line();
        if (content.Url is not null)
            text = text.Line(content.Button + ":").Line(content.Url).Line();
        var id = mails.MessageIdFor(content.Kind, to.Normalized, content.Url ?? "", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        var message = mails.Compose(to, id, content.Subject, text.Paragraph(content.Note).ToString(), html);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
