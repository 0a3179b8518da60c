using System.Text;
using AngleSharp.Html.Parser;
using DailyPapers.Digests;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Papers;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace DailyPapers.Tests.Digests;

public class DigestMailTests
{
    private static readonly string[] Evil =
    [
        "<script>alert(1)</script> in a title",
        "\"><img src=x onerror=alert(1)> & 'quotes'",
        "A line\r\nBcc: victim@example.org",
        "Override \u202eetouq\u2066 marks \u200f here",
        "Style </style><style>*{display:none}",
        "Nul \0 and bell \a",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_digest_carries_the_headers_mailbox_providers_ask_for()
    {
        var mail = await DigestAsync([.. Enumerable.Range(1, 12).Select(DigestScene.Record)]);
        Assert.Equal("14 Aug: Paper number 1 on learning and 11 more", mail.Subject);
        Assert.Equal("\"Daily Papers\" <papers@example.org>", mail.From.ToString());
        Assert.Equal("ada@example.org", mail.To.ToString());
        Assert.Equal("<daily.digest.papers.example.org>", mail.Headers[HeaderId.ListId]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Matches(@"^<https://papers\.example\.org/unsubscribe\?token=[\w-]{32}>, <mailto:papers@example\.org\?subject=unsubscribe%20[\w-]{32}>$",
            mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Matches(@"^digest\.2025-08-14\.[0-9a-f]{32}@papers\.example\.org$", mail.MessageId);
        Assert.Equal(new DateTimeOffset(2025, 8, 14, 12, 0, 0, TimeSpan.Zero), mail.Date);
        Assert.Null(mail.Headers[HeaderId.Precedence]);
        Assert.Null(mail.Headers[HeaderId.AutoSubmitted]);
    }

    [Fact]
    public async Task Without_https_one_click_is_not_promised()
    {
        var mail = await DigestAsync([DigestScene.Record(1)], ("Site:Url", "http://papers.example.org:8080/sub/"));
        Assert.Null(mail.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Contains("http://papers.example.org:8080/sub/unsubscribe?token=", mail.Headers[HeaderId.ListUnsubscribe], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_and_html_say_the_same()
    {
        var records = Enumerable.Range(1, 12).Select(DigestScene.Record).ToArray();
        var mail = await DigestAsync(records);
        var body = Assert.IsType<MultipartAlternative>(mail.Body);
        Assert.Equal(["text/plain", "text/html"], body.Select(part => part.ContentType.MimeType));
        var html = new HtmlParser().ParseDocument(mail.HtmlBody!);
        Assert.Equal(records.Select(record => record.Title), html.QuerySelectorAll("h2").Select(title => title.TextContent));
        var text = Unwrapped(mail.TextBody!);
        Assert.All(records, record =>
        {
            Assert.Contains(record.Title, text, StringComparison.Ordinal);
            Assert.Contains(record.Summary!, text, StringComparison.Ordinal);
            Assert.Contains(record.Summary!, html.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("Ada Lovelace, Charles Babbage", text, StringComparison.Ordinal);
        });
        Assert.All(html.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).Distinct().Where(url => url != "https://papers.example.org/"),
            url => Assert.Contains(url, mail.TextBody!, StringComparison.Ordinal));
        Assert.Contains("https://papers.example.org/papers/2508.00001", mail.TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_html_needs_nothing_from_outside_and_knows_the_dark()
    {
        var html = new HtmlParser().ParseDocument((await DigestAsync([DigestScene.Record(1)])).HtmlBody!);
        Assert.Empty(html.QuerySelectorAll("img,script,link,iframe,object,form,video,audio,[src],[background],[onclick]"));
        Assert.DoesNotContain("url(", html.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("light dark", html.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
        Assert.Contains("prefers-color-scheme:dark", html.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("en", html.DocumentElement.GetAttribute("lang"));
        Assert.All(html.QuerySelectorAll("table"), table => Assert.Equal("presentation", table.GetAttribute("role")));
        Assert.NotEmpty(html.QuerySelector("body > div")!.TextContent);
        Assert.All(html.QuerySelectorAll("p,h1,h2,td > a"), element => Assert.True(element.HasAttribute("style")));
    }

    [Fact]
    public async Task Untrusted_text_stays_text()
    {
        var mail = await DigestAsync([.. Evil.Select((title, i) => DigestScene.Record(i + 1) with
        {
            Title = title,
            Summary = $"Summary {title}. More.",
            Authors = [new Author { Name = title }],
            Topic = title,
        })]);
        Assert.Equal(["ada@example.org"], mail.GetRecipients().Select(recipient => recipient.Address));
        Assert.Null(mail.Headers[HeaderId.Bcc]);
        var html = new HtmlParser().ParseDocument(mail.HtmlBody!);
        Assert.Empty(html.QuerySelectorAll("script,img,[onerror]"));
        Assert.Single(html.QuerySelectorAll("style"));
        Assert.Equal(
            Evil.Select(title => string.Concat(title.Where(c => c is not ('\u202e' or '\u2066' or '\u200f'))).Replace("\r\n", " ", StringComparison.Ordinal)
                .Replace("\0 ", "", StringComparison.Ordinal).Replace(" \a", "", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal)),
            html.QuerySelectorAll("h2").Select(title => title.TextContent));
        Assert.DoesNotContain(mail.TextBody + mail.HtmlBody, c => (char.IsControl(c) && c is not ('\r' or '\n')) || c is '\u202e' or '\u2066');
    }

    [Theory]
    [MemberData(nameof(EvilTitles))]
    public async Task No_title_adds_a_header(string title)
    {
        var mail = await DigestAsync([DigestScene.Record(1) with { Title = title }]);
        Assert.Null(mail.Headers[HeaderId.Bcc]);
        Assert.DoesNotContain(mail.Subject!, char.IsControl);
        Assert.StartsWith("14 Aug: ", mail.Subject, StringComparison.Ordinal);
    }

    public static TheoryData<string> EvilTitles => [.. Evil];

    [Fact]
    public async Task Text_lines_keep_within_76_columns()
    {
        var mail = await DigestAsync(
            DigestScene.Record(1) with { Title = string.Concat(Enumerable.Repeat("机器学习", 40)), Summary = new string('x', 300) + ". Two." },
            DigestScene.Record(2) with { Summary = string.Join(' ', Enumerable.Repeat("word", 200)) });
        Assert.All(mail.TextBody!.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => !line.Contains("https://", StringComparison.Ordinal)),
            line => Assert.True(line.EnumerateRunes().Sum(rune => rune.Value >= 0x4e00 ? 2 : 1) <= 76, line));
        Assert.Contains("器", mail.TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_edition_is_cut_to_what_mailboxes_show_and_linked()
    {
        var text = string.Concat(Enumerable.Repeat("Ünïcödé \"quoted\" <text> & mörë. ", 60));
        var mail = await DigestAsync([.. Enumerable.Range(1, 61).Select(i => DigestScene.Record(i) with { Title = $"{i} {text}"[..900], Summary = text })],
            ("Digest:MostPapers", "100"));
        Assert.InRange(Encoding.UTF8.GetByteCount(mail.HtmlBody!), 50_000, 100_000);
        var shown = new HtmlParser().ParseDocument(mail.HtmlBody!).QuerySelectorAll("h2").Length;
        Assert.InRange(shown, 20, 60);
        Assert.Contains($"and {61 - shown} more on the site", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains($"And {61 - shown} more on the site:\n", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        var usual = await DigestAsync([.. Enumerable.Range(1, 61).Select(DigestScene.Record)]);
        Assert.Contains("and 31 more on the site", usual.HtmlBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_reader_gets_the_own_unsubscribe_link_and_nobody_elses()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.PublishAsync(DigestScene.Day, DigestScene.Record(1));
        await papers.SubscribeAsync("ada@example.org", "bob@example.org");
        await papers.SendAsync();
        await using var db = await papers.ReadAsync();
        var tokens = (await db.Subscribers.ToListAsync(Token)).ToDictionary(s => s.Email, papers.Get<UnsubscribeTokens>().For);
        foreach (var mail in papers.OutboxFiles().Select(file => MimeMessage.Load(file, Token)))
        {
            var to = mail.To.Mailboxes.Single().Address;
            Assert.All((string[])[mail.TextBody!, mail.HtmlBody!, mail.Headers[HeaderId.ListUnsubscribe]!], part =>
            {
                Assert.Contains(tokens[to], part, StringComparison.Ordinal);
                Assert.DoesNotContain(tokens.Single(token => token.Key != to).Value, part, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public async Task The_confirmation_mail_is_marked_as_automatic_and_carries_its_link_twice()
    {
        await using var papers = await TemporaryPapers.CreateAsync([KeyValuePair.Create<string, string?>("Site:Name", "Grüße <b>")]);
        await papers.Get<Subscriptions>().SubscribeAsync("ada@example.org", DigestFrequency.Daily, Token);
        var mail = MimeMessage.Load(Assert.Single(papers.OutboxFiles()), Token);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Null(mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("Confirm your daily digest from Grüße <b>", mail.Subject);
        var html = new HtmlParser().ParseDocument(mail.HtmlBody!);
        Assert.Empty(html.QuerySelectorAll("b"));
        var link = html.QuerySelector("a.button")!.GetAttribute("href")!;
        Assert.StartsWith("http://localhost:5000/subscribe/confirm?token=", link, StringComparison.Ordinal);
        Assert.Contains(link, mail.TextBody!, StringComparison.Ordinal);
    }

    private static Task<MimeMessage> DigestAsync(params PaperRecord[] records) => DigestAsync(records, ("Site:Url", "https://papers.example.org"));

    private static async Task<MimeMessage> DigestAsync(PaperRecord[] records, (string Key, string Value) setting)
    {
        await using var papers = await TemporaryPapers.CreateAsync(new Dictionary<string, string?>
        {
            ["Site:Url"] = "https://papers.example.org",
            ["Smtp:From"] = "papers@example.org",
            [setting.Key] = setting.Value,
        });
        await papers.PublishAsync(DigestScene.Day, records);
        await papers.SubscribeAsync("ada@example.org");
        await papers.SendAsync();
        return await MimeMessage.LoadAsync(Assert.Single(papers.OutboxFiles()), Token);
    }

    private static string Unwrapped(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
