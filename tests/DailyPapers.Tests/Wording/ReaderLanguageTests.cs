using AngleSharp.Html.Parser;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Following;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Notifications.Mail;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Tests.Community;
using DailyPapers.Tests.Digests;
using DailyPapers.TestSupport;
using DailyPapers.Wording;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace DailyPapers.Tests.Wording;

/// <summary>What background work tells people speaks their own language, not that of who brought it about.</summary>
public class ReaderLanguageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Texts German => OfferedLanguages.Find("de")!;

    [Fact]
    public async Task A_decision_is_worded_when_it_is_read()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Cu", AccountRole.Curator), await papers.PaperAsync());
        var comment = await papers.CommentAsync(ada, paper);
        await papers.Get<CommentModeration>().HideAsync(curator.Id, comment, "Off the subject", Token);
        await papers.Get<CommentModeration>().RestoreAsync(curator.Id, comment, Token);

        Assert.Equal(["A curator put your comment back.", "Your comment was hidden by a curator: Off the subject"], await SentencesAsync(papers, ada, OfferedLanguages.English));
        Assert.Equal(["Ein Kurator hat Ihren Kommentar wiederhergestellt.", "Ihr Kommentar wurde von einem Kurator verborgen: Off the subject"], await SentencesAsync(papers, ada, German));
    }

    [Fact]
    public async Task What_is_followed_is_worded_when_it_is_read()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.PersonAsync("Ada");
        await papers.Get<Follows>().AddAsync(ada.Id, FollowKind.Author, "Grace: Hopper", Token);
        await papers.Get<Follows>().AddAsync(ada.Id, FollowKind.Keyword, "compilers", Token);
        var record = new PaperRecord { Source = "jsonl", Title = "On compilers", Authors = [new Author { Name = "Grace: Hopper" }], Keywords = ["compilers"] };
        var stored = (await papers.Get<PaperIntake>().StoreAsync([record], cancellationToken: Token)).Papers;
        await papers.Get<EditionWriter>().ReplaceAsync(DateOnly.FromDateTime(papers.Time.GetUtcNow().UtcDateTime), [stored[0].Id], Token);

        Assert.Equal(["There is a new paper; you follow the author Grace: Hopper, the keyword compilers."], await SentencesAsync(papers, ada, OfferedLanguages.English));
        Assert.Equal(["Es gibt eine neue Arbeit; Sie folgen dem Autor Grace: Hopper, dem Schlagwort compilers."], await SentencesAsync(papers, ada, German));
    }

    [Fact]
    public async Task A_sentence_that_an_earlier_version_stored_still_stands()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.PersonAsync("Ada");
        await using (var db = await papers.ReadAsync())
        {
            db.Notifications.Add(new Notification { AccountId = ada.Id, Kind = NotificationKind.Moderation, CreatedAt = papers.Time.GetUtcNow(), Text = "A curator ended your ban." });
            await db.SaveChangesAsync(Token);
        }

        Assert.Equal(["A curator ended your ban."], await SentencesAsync(papers, ada, German));
    }

    [Theory]
    [InlineData("de", null, "Grace hat auf Ihren Kommentar geantwortet")]
    [InlineData("en", "de", "Grace answered your comment")]
    [InlineData(null, "de", "Grace hat auf Ihren Kommentar geantwortet")]
    [InlineData(null, null, "Grace answered your comment")]
    public async Task Notifications_are_mailed_in_the_language_of_the_account_or_else_of_the_site(string? language, string? site, string subject)
    {
        await using var papers = await TemporaryPapers.CreateAsync(new Dictionary<string, string?> { ["Site:Language"] = site ?? "en" });
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        if (language is not null)
            await papers.Get<AccountLanguage>().ChooseAsync(ada.Id, OfferedLanguages.Find(language)!, Token);
        await papers.CommentAsync(grace, paper, "No.", await papers.CommentAsync(ada, paper));
        papers.Time.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(1, await papers.Get<NotificationMailer>().SendDueAsync(Token));

        var mail = Assert.Single(Mails(papers));
        var german = subject.Contains("geantwortet", StringComparison.Ordinal);
        Assert.Equal(subject, mail.Subject);
        Assert.Contains(german ? "Diese Mails beenden:" : "Stop these mails:", mail.TextBody, StringComparison.Ordinal);
        var html = new HtmlParser().ParseDocument(mail.HtmlBody!);
        Assert.Equal(german ? "de" : "en", html.DocumentElement.GetAttribute("lang"));
        Assert.Contains(german ? "Auf der Website lesen" : "Read it on the site", html.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("en", Speech.T.Language);
    }

    [Fact]
    public async Task Each_reader_of_a_digest_gets_it_in_their_language()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.PublishAsync(DigestScene.Day, DigestScene.Record(1), DigestScene.Record(2));
        await papers.SubscribeAsync("ada@example.org", "bob@example.org", "cleo@example.org", "dora@example.org");
        await using (var db = await papers.ReadAsync())
            await db.Subscribers.Where(s => s.Email == "bob@example.org" || s.Email == "dora@example.org").ExecuteUpdateAsync(set => set.SetProperty(s => s.Language, "de"), Token);

        Assert.Equal(4, (await papers.SendAsync()).Sent);

        foreach (var mail in Mails(papers))
        {
            var german = mail.To.Mailboxes.Single().Address is "bob@example.org" or "dora@example.org";
            Assert.Equal(german ? "14. Aug.: Paper number 1 on learning und 1 weitere" : "14 Aug: Paper number 1 on learning and 1 more", mail.Subject);
            Assert.Contains(german ? "Donnerstag, 14. August 2025\n2 Arbeiten\n" : "Thursday, 14 August 2025\n2 papers\n", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.Contains(german ? "Abbestellen:" : "Unsubscribe:", mail.TextBody, StringComparison.Ordinal);
            var html = new HtmlParser().ParseDocument(mail.HtmlBody!);
            Assert.Equal(german ? "de" : "en", html.DocumentElement.GetAttribute("lang"));
            Assert.Equal(german, html.Body!.TextContent.Contains("auf der Website lesen", StringComparison.Ordinal));
            Assert.Equal(!german, html.Body!.TextContent.Contains("read on the site", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_subscription_keeps_the_language_it_was_asked_for_in_and_a_stranger_cannot_change_that_of_another()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var subscriptions = papers.Get<Subscriptions>();
        await SpeakingAsync(German, () => subscriptions.SubscribeAsync("ada@example.org", DailyPapers.Digests.DigestFrequency.Daily, Token));
        await SpeakingAsync(OfferedLanguages.English, () => subscriptions.ConfirmAsync(Confirmation(papers), Token));
        Assert.Equal("de", await LanguageOfAsync(papers, "ada@example.org"));

        papers.Time.Advance(TimeSpan.FromHours(3));
        Directory.Delete(papers.Directory.Outbox, recursive: true);
        await SpeakingAsync(OfferedLanguages.English, () => subscriptions.SubscribeAsync("ada@example.org", DailyPapers.Digests.DigestFrequency.Daily, Token));
        Assert.Equal("de", await LanguageOfAsync(papers, "ada@example.org"));

        await SpeakingAsync(OfferedLanguages.English, () => subscriptions.ConfirmAsync(Confirmation(papers), Token));
        Assert.Equal("en", await LanguageOfAsync(papers, "ada@example.org"));
    }

    [Theory]
    [InlineData(true, "de")]
    [InlineData(false, null)]
    public async Task Choosing_a_language_reaches_the_digest_of_a_proved_address_only(bool isProved, string? expected)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.PersonAsync(email: "Ada@example.org");
        await papers.SubscribeAsync("ada@example.org");
        await using (var db = await papers.ReadAsync())
            await db.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.EmailConfirmed, isProved), Token);

        await papers.Get<AccountLanguage>().ChooseAsync(ada.Id, German, Token);

        Assert.Equal(expected, await LanguageOfAsync(papers, "ada@example.org"));
    }

    private static async Task<T> SpeakingAsync<T>(Texts texts, Func<Task<T>> work)
    {
        Speech.Use(texts);
        return await work();
    }

    private static Task<List<string>> SentencesAsync(TemporaryPapers papers, Account account, Texts texts) => SpeakingAsync(
        texts, async () => (await papers.Get<NotificationInbox>().ListAsync(account.Id, null, 50, Token)).Select(one => one.Sentence).ToList());

    private static async Task<string?> LanguageOfAsync(TemporaryPapers papers, string email)
    {
        await using var db = await papers.ReadAsync();
        return await db.Subscribers.Where(s => s.NormalizedEmail == email).Select(s => s.Language).SingleAsync(Token);
    }

    private static string Confirmation(TemporaryPapers papers)
    {
        var text = Assert.Single(Mails(papers)).TextBody!;
        return text[(text.IndexOf("token=", StringComparison.Ordinal) + "token=".Length)..].Split('\n', '\r', ' ')[0];
    }

    private static List<MimeMessage> Mails(TemporaryPapers papers) =>
        Directory.GetFiles(papers.Directory.Outbox, "*.eml").Select(file => MimeMessage.Load(file)).ToList();
}
