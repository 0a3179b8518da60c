using System.Globalization;
using DailyPapers.Digests;
using DailyPapers.Digests.Mail;
using DailyPapers.Digests.Subscribing;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DailyPapers.Community.Notifications.Mail;

/// <summary>Writes the mail that brings a person's notifications together.</summary>
internal sealed class NotificationMailComposer(MailComposer mails, SiteLinks links, IOptions<SiteOptions> site)
{
    private const int Most = 30;
    private const int LongestTitle = 200;

    private string Root => links.Home.TrimEnd('/');

    /// <summary>The mail with <paramref name="told"/>, the newest first.</summary>
    public async Task<MimeMessage> ComposeAsync(EmailAddress to, IReadOnlyList<NotificationView> told, string secret)
    {
        var items = told.Take(Most).Select(ItemOf).ToList();
        var subject = told.Count == 1 ? told[0].Sentence.TrimEnd('.') : T.Count(told.Count, "1 notification on {1}", "{0} notifications on {1}", site.Value.Name);
        var why = T["You get this mail because you have an account on {0} and chose to be told by mail.", site.Value.Name];
        var unsubscribe = $"{Root}/notifications/unsubscribe?token={secret}";
        var settings = $"{Root}/notifications/settings";
        var html = await MailHtml.RenderAsync<NotificationMail>(new()
        {
            [nameof(NotificationMail.Title)] = MailText.OneLine(subject),
            [nameof(NotificationMail.Preheader)] = items[0].Excerpt ?? items[0].Sentence,
            [nameof(NotificationMail.SiteName)] = site.Value.Name,
            [nameof(NotificationMail.HomeUrl)] = links.Home,
            [nameof(NotificationMail.Items)] = items,
            [nameof(NotificationMail.Why)] = why,
            [nameof(NotificationMail.SettingsUrl)] = settings,
            [nameof(NotificationMail.UnsubscribeUrl)] = unsubscribe,
        });
        var id = mails.MessageIdFor("notification", to.Normalized, string.Join(' ', told.Select(n => n.Id.ToString(CultureInfo.InvariantCulture))));
        var message = mails.Compose(to, id, subject, Text(items, told.Count - items.Count, why, settings, unsubscribe), html);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ListId, $"<notifications.{links.Host}>");
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
        if (links.IsSecure)
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        return message;
    }

    private MailedNotification ItemOf(NotificationView told) => new(
        MailText.OneLine(told.Sentence),
        told.PaperTitle is null ? null : MailText.Cut(MailText.OneLine(told.PaperTitle), LongestTitle),
        told.Excerpt,
        told.Path is null ? null : Root + told.Path);

    private string Text(List<MailedNotification> items, int left, string why, string settings, string unsubscribe)
    {
        var text = new TextLayout();
        foreach (var item in items)
        {
            text.Paragraph(item.Sentence);
            if (item.PaperTitle is not null)
                text.Paragraph(item.PaperTitle, "  ");
            if (item.Excerpt is not null)
                text.Paragraph(item.Excerpt, "  > ");
            if (item.Url is not null)
                text.Line(item.Url);
            text.Line();
        }
        if (left > 0)
            text.Line(T["And {0} more: {1}", left, Root + "/notifications"]).Line();
        return text.Line(new string('-', 40)).Paragraph(why).Line(T["Choose what is mailed:"]).Line(settings).Line(T["Stop these mails:"]).Line(unsubscribe).ToString();
    }
}
