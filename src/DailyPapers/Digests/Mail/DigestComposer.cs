using System.Globalization;
using System.Text;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Editions;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DailyPapers.Digests.Mail;

/// <summary>Writes the digest of a day or an ISO week.</summary>
public sealed class DigestComposer(
    EditionReader editions, MailComposer mails, SiteLinks links, UnsubscribeTokens tokens, IOptions<SiteOptions> site, IOptions<DigestOptions> options)
{
    // Gmail cuts off what lies beyond 102 KB, the unsubscribe link first.
    private const int MostBytes = 95_000;
    private const int LongestSubjectTitle = 80;

    /// <summary>What there is to tell of <paramref name="period"/>.</summary>
    /// <exception cref="ArgumentException">The period is a month.</exception>
    public async Task<IReadOnlyList<ListedPaper>> ReadAsync(Period period, CancellationToken cancellationToken)
    {
        FrequencyOf(period);
        return (await editions.ReadAsync(period, cancellationToken)).Papers;
    }

    /// <summary>The digest as a message to one subscriber, with the headers mailbox providers ask of bulk mail (RFC 2369, 2919, 8058).</summary>
    /// <param name="digest">The digest.</param>
    /// <param name="subscriber">Who gets it.</param>
    /// <param name="to">The subscriber's address.</param>
    /// <param name="messageId">The message's identifier.</param>
    /// <param name="own">The subscriber's own section, if there is one.</param>
    public MimeMessage Address(ComposedDigest digest, Subscriber subscriber, EmailAddress to, string messageId, DigestSection? own = null)
    {
        var token = tokens.For(subscriber);
        var unsubscribe = links.Unsubscribe(token);
        var message = mails.Compose(to, messageId, digest.Subject, digest.TextFor(unsubscribe, own), digest.HtmlFor(unsubscribe, own));
        message.Headers.Add(HeaderId.ListId, $"<{(digest.Period.Kind is PeriodKind.Day ? "daily" : "weekly")}.digest.{links.Host}>");
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>, <mailto:{mails.ReplyAddress}?subject=unsubscribe%20{token}>");
        if (links.IsSecure)
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        return message;
    }

    /// <summary>Who gets the digest of <paramref name="period"/>.</summary>
    /// <exception cref="ArgumentException">The period is a month.</exception>
    public static DigestFrequency FrequencyOf(Period period) => period.Kind switch
    {
        PeriodKind.Day => DigestFrequency.Daily,
        PeriodKind.Week => DigestFrequency.Weekly,
        _ => throw new ArgumentException($"There is a digest for a day (2025-08-13) and for a week (2025-W33), not for {period.Name}.", nameof(period)),
    };

    /// <summary>The digest of a period with these papers, of which there is at least one, in the language that is spoken.</summary>
    public async Task<ComposedDigest> ComposeAsync(Period period, IReadOnlyList<ListedPaper> papers, CancellationToken cancellationToken)
    {
        var items = papers.Take(options.Value.MostPapers).Select(listed => DigestItems.Of(listed, links)).ToList();
        // Unguessable, so that a title that contains the mark cannot exist.
        var mark = links.Unsubscribe(Guid.NewGuid().ToString("N"));
        var sectionMark = "own-" + Guid.NewGuid().ToString("N");
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var content = Content(period, papers.Count, items, mark, sectionMark);
            var html = await MailHtml.RenderAsync<DigestMail>(new()
            {
                [nameof(DigestMail.Content)] = content,
                [nameof(DigestMail.HomeUrl)] = links.Home,
            });
            var bytes = Encoding.UTF8.GetByteCount(html);
            if (bytes <= MostBytes || items.Count == 1)
                return new(period, Subject(period, items, papers.Count), papers.Count, items.Count, Text(content), html, mark, sectionMark);
            items = items.GetRange(0, Math.Clamp((int)((long)items.Count * MostBytes / bytes), 1, items.Count - 1));
        }
    }

    private DigestContent Content(Period period, int count, List<DigestItem> items, string mark, string sectionMark) => new(
        site.Value.Name,
        Heading(period),
        period.Kind is PeriodKind.Day
            ? T.Count(count, "1 paper", "{0} papers")
            : T.Count(count, "1 paper, most upvoted first", "{0} papers, most upvoted first"),
        links.Edition(period),
        items,
        count - items.Count,
        period.Kind is PeriodKind.Day
            ? T["You get this mail because this address subscribed to the daily digest of {0}.", site.Value.Name]
            : T["You get this mail because this address subscribed to the weekly digest of {0}.", site.Value.Name],
        mark,
        Preheader(items),
        sectionMark);

    private static string Subject(Period period, List<DigestItem> items, int count)
    {
        var when = period.Kind is PeriodKind.Day ? period.First.ToString(T["d MMM"], T.Culture) : T["Week {0}", ISOWeek.GetWeekOfYear(period.First)];
        var title = MailText.Cut(items[0].Title, LongestSubjectTitle);
        return $"{when}: {(count == 1 ? title : T["{0} and {1} more", title, count - 1])}";
    }

    private static string Preheader(List<DigestItem> items) =>
        items.Count == 1 ? items[0].Summary is { } summary ? MailText.Cut(summary, 120) : items[0].Authors : string.Join(" · ", items.Skip(1).Take(3).Select(item => MailText.Cut(item.Title, 60)));

    private static string Heading(Period period) => period.Kind is PeriodKind.Day
        ? period.First.ToString(T["dddd, d MMMM yyyy"], T.Culture)
        : period.First.Year == period.Last.Year
            ? T["Week {0}, {1:d MMMM} to {2:d MMMM yyyy}", ISOWeek.GetWeekOfYear(period.First), period.First, period.Last]
            : T["Week {0}, {1:d MMMM yyyy} to {2:d MMMM yyyy}", ISOWeek.GetWeekOfYear(period.First), period.First, period.Last];

    private static string Text(DigestContent content)
    {
        var text = new TextLayout()
            .Paragraph($"{content.SiteName}: {content.Heading}")
            .Paragraph(content.Count)
            .Line(content.Url)
            .Line();
        for (var i = 0; i < content.Items.Count; i++)
            DigestItemText.Write(text, content.Items[i], string.Create(CultureInfo.InvariantCulture, $"{i + 1,2}. "));
        if (content.Left > 0)
            text.Line(T["And {0} more on the site:", content.Left]).Line(content.Url).Line();
        text.Line(content.SectionMark);
        text.Line(new string('-', 40)).Paragraph(content.Why).Line(T["Unsubscribe:"]).Line(content.UnsubscribeUrl);
        return text.ToString();
    }
}
