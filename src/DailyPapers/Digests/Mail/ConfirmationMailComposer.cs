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
        var daily = frequency is DigestFrequency.Daily;
        var name = site.Value.Name;
        var subject = daily ? T["Confirm your daily digest from {0}", name] : T["Confirm your weekly digest from {0}", name];
        var heading = daily ? T["Confirm your daily digest"] : T["Confirm your weekly digest"];
        var asked = daily
            ? T["Someone, hopefully you, asked to send the daily digest of {0} to {1}.", name, to.Typed]
            : T["Someone, hopefully you, asked to send the weekly digest of {0} to {1}.", name, to.Typed];
        var note = MailText.Holds(options.Value.ConfirmationLifetime) + " " + T["If you did not ask for this, do nothing: without your confirmation no further mail comes."];
        var url = links.Confirm(token);
        var html = await MailHtml.RenderAsync<ConfirmationMail>(new()
        {
            [nameof(ConfirmationMail.Title)] = subject,
            [nameof(ConfirmationMail.Preheader)] = T["One click, and the papers come to you."],
            [nameof(ConfirmationMail.SiteName)] = name,
            [nameof(ConfirmationMail.HomeUrl)] = links.Home,
            [nameof(ConfirmationMail.Heading)] = heading,
            [nameof(ConfirmationMail.Asked)] = asked,
            [nameof(ConfirmationMail.ConfirmUrl)] = url,
            [nameof(ConfirmationMail.Note)] = note,
        });
        var text = new TextLayout()
            .Paragraph(asked)
            .Line()
            .Line(T["Confirm the subscription here:"])
            .Line(url)
            .Line()
            .Paragraph(note)
            .ToString();
        var message = mails.Compose(to, mails.MessageIdFor("confirm", token), subject, text, html);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
