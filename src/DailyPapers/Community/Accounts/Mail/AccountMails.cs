using System.Globalization;
using DailyPapers.Digests;
using DailyPapers.Digests.Mail;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Digests.Transport;
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
    private const string NotYou = "If you did not ask for this, do nothing: nothing has changed, and nobody learns that you got this mail.";

    internal Task<bool> SendRegistrationAsync(EmailAddress to, string secret) => SendAsync(to, new(
        "register", $"Make your account at {Site}", $"Someone, hopefully you, wants to make an account with {to.Typed}. Choose a password to begin.",
        $"The link holds for {Holds}. {NotYou}", "Choose a password", Address("/account/register/complete", secret)));

    internal Task<bool> SendAlreadyRegisteredAsync(EmailAddress to) => SendAsync(to, new(
        "registered", $"You have an account at {Site}", $"Someone, hopefully you, wanted to make an account with {to.Typed}. It has one already: sign in with it.",
        $"If you have forgotten the password, choose “Forgot your password?” there. {NotYou}", "Sign in", links.At("/account/sign-in")));

    internal Task<bool> SendResetAsync(EmailAddress to, string secret) => SendAsync(to, new(
        "reset", $"A new password for {Site}", $"Someone, hopefully you, has forgotten the password of {to.Typed}.",
        $"The link holds for {Holds}. {NotYou}", "Choose a new password", Address("/account/reset", secret)));

    internal Task<bool> SendNoAccountAsync(EmailAddress to) => SendAsync(to, new(
        "unknown", $"No account at {Site}", $"Someone, hopefully you, asked for a new password for {to.Typed}. There is no account with this address.",
        $"Perhaps yours has another address. {NotYou}"));

    internal Task<bool> SendAddressChangeAsync(EmailAddress to, string secret) => SendAsync(to, new(
        "address", $"Confirm your new address at {Site}", $"Your account is about to move to {to.Typed}.",
        $"The link holds for {Holds}. {NotYou}", "Use this address", Address("/account/email/confirm", secret)));

    internal Task<bool> SendNoticeAsync(EmailAddress to, string subject, string text) => SendAsync(to, new(
        "notice", subject, text, "If this was not you, choose “Forgot your password?” on the sign-in page at once, or write to who runs the site.", "Open your account", links.At("/account")));

    private string Site => site.Value.Name;

    private string Holds => options.Value.LinkLifetime switch
    {
        { TotalHours: >= 2 } hours => $"{Math.Floor(hours.TotalHours).ToString("0", CultureInfo.InvariantCulture)} hours",
        var minutes => $"{Math.Floor(minutes.TotalMinutes).ToString("0", CultureInfo.InvariantCulture)} minutes",
    };

    private string Address(string path, string secret) => links.At($"{path}?token={secret}");

    private async Task<bool> SendAsync(EmailAddress to, AccountMailContent content)
    {
        var message = await ComposeAsync(to, content);
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
