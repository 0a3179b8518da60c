using DailyPapers.Digests.Subscribing;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DailyPapers.Digests.Mail;

/// <summary>Writes the mail that asks to confirm a subscription.</summary>
public sealed class ConfirmationMailComposer(MailComposer mails, SiteLinks links, IOptions<SiteOptions> site, IOptions<DigestOptions> options)
{
    /// <summary>The mail with the link for <paramref name="token"/>.</summary>
    public async Task<MimeMessage> ComposeAsync(EmailAddress to, string token, DigestFrequency frequency)
    {
        var digest = frequency is DigestFrequency.Daily ? "daily digest" : "weekly digest";
        var subject = $"Confirm your {digest} from {site.Value.Name}";
        var url = links.Confirm(token);
        var holds = Holds(options.Value.ConfirmationLifetime);
        var html = await MailHtml.RenderAsync<ConfirmationMail>(new()
        {
            [nameof(ConfirmationMail.Title)] = subject,
            [nameof(ConfirmationMail.Preheader)] = "One click, and the papers come to you.",
            [nameof(ConfirmationMail.SiteName)] = site.Value.Name,
            [nameof(ConfirmationMail.HomeUrl)] = links.Home,
            [nameof(ConfirmationMail.Digest)] = digest,
            [nameof(ConfirmationMail.Email)] = to.Typed,
            [nameof(ConfirmationMail.ConfirmUrl)] = url,
            [nameof(ConfirmationMail.Holds)] = holds,
        });
        var text = new TextLayout()
            .Paragraph($"Someone, hopefully you, asked to send the {digest} of {site.Value.Name} to {to.Typed}.")
            .Line()
            .Line("Confirm the subscription here:")
            .Line(url)
            .Line()
            .Paragraph($"The link holds for {holds}. If you did not ask for this, do nothing: without your confirmation no further mail comes.")
            .ToString();
        var message = mails.Compose(to, mails.MessageIdFor("confirm", token), subject, text, html);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private static string Holds(TimeSpan time) => time.TotalHours >= 2 ? $"{Math.Floor(time.TotalHours):0} hours" : $"{Math.Floor(time.TotalMinutes):0} minutes";
}
