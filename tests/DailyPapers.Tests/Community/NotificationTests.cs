using DailyPapers.Community.Accounts;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Notifications.Mail;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace DailyPapers.Tests.Community;

public class NotificationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_and_mentions_are_told_once_each_and_never_to_oneself()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        var first = await papers.CommentAsync(ada, paper, "I, @ada, say this");
        var answer = await papers.CommentAsync(grace, paper, "@ada no, @ADA, @ada", first);
        await papers.Get<Commenting>().EditAsync(grace.Id, answer, "@ada no, and again", Token);
        await papers.CommentAsync(ada, paper, "What does @grace say? And @nobody?");

        Assert.Equal(["Grace answered your comment."], await SentencesAsync(papers, ada));
        Assert.Equal(["Ada mentioned you in a comment."], await SentencesAsync(papers, grace));
    }

    [Fact]
    public async Task An_edit_tells_those_it_names_anew()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        var id = await papers.CommentAsync(ada, paper, "Who knows?");
        Assert.Empty(await SentencesAsync(papers, grace));
        await papers.Get<Commenting>().EditAsync(ada.Id, id, "Who knows? @grace?", Token);
        Assert.Single(await SentencesAsync(papers, grace));
    }

    [Fact]
    public async Task A_handle_in_code_or_an_address_calls_nobody()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());

        await papers.CommentAsync(ada, paper, "Use `@grace`, or ask me@grace.org:\n\n```\n@grace\ndef f(): pass\n```\n\n$@grace$");

        Assert.Empty(await SentencesAsync(papers, grace));
    }

    [Fact]
    public async Task An_excerpt_is_plain_text()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());

        await papers.CommentAsync(ada, paper, "# Well\n\n@grace, **this** `x` is $x^2$ &amp; [more](https://example.org)\nby\n\n$$\n\\alpha\n$$");

        Assert.Equal("Well @grace, this x is x² & more by α", (await papers.Get<NotificationInbox>().ListAsync(grace.Id, null, 1, Token)).Single().Excerpt);
    }

    [Fact]
    public async Task One_comment_calls_at_most_ten_people()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper) = (await papers.PersonAsync("Ada"), await papers.PaperAsync());
        for (var i = 0; i < 12; i++)
            await papers.PersonAsync($"Person {i:D2}");

        await papers.CommentAsync(ada, paper, string.Join(' ', Enumerable.Range(0, 12).Select(i => $"@person-{i:D2}")));

        await using var db = await papers.DbAsync();
        Assert.Equal(10, await db.Notifications.CountAsync(Token));
    }

    [Fact]
    public async Task Reading_is_ones_own_affair()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        await papers.CommentAsync(ada, paper, "@grace one");
        await papers.CommentAsync(ada, paper, "@grace two");
        await papers.CommentAsync(ada, paper, "@grace three");
        var inbox = papers.Get<NotificationInbox>();
        var told = await inbox.ListAsync(grace.Id, null, 10, Token);

        Assert.Null(await inbox.OpenAsync(ada.Id, told[0].Id, Token));
        Assert.Equal(3, await inbox.CountUnreadAsync(grace.Id, Token));
        Assert.StartsWith($"/papers/{paper.Key}#comment-", (await inbox.OpenAsync(grace.Id, told[0].Id, Token))!.Path, StringComparison.Ordinal);
        Assert.Equal(2, await inbox.CountUnreadAsync(grace.Id, Token));
        // What came after the list was read stays unread.
        await inbox.MarkReadAsync(grace.Id, told[2].Id, Token);
        Assert.Equal(1, await inbox.CountUnreadAsync(grace.Id, Token));
        Assert.Equal("@grace two", (await inbox.ListAsync(grace.Id, told[0].Id, 1, Token)).Single().Excerpt);
    }

    [Fact]
    public async Task A_followed_paper_is_told_once()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper) = (await papers.PersonAsync("Ada"), await papers.PaperAsync());
        await using var db = await papers.DbAsync();
        foreach (var followed in (string[])["the author Grace Hopper", "the keyword compilers"])
            await db.NotifyAsync(new(ada.Id, NotificationKind.FollowedPaper, papers.Time.GetUtcNow()) { PaperId = paper.Id, Text = followed }, Token);
        await db.SaveChangesAsync(Token);
        await db.NotifyAsync(new(ada.Id, NotificationKind.FollowedPaper, papers.Time.GetUtcNow()) { PaperId = paper.Id, Text = "the category cs.PL" }, Token);
        await db.SaveChangesAsync(Token);

        Assert.Equal(["There is a new paper; you follow the author Grace Hopper."], await SentencesAsync(papers, ada));
    }

    [Fact]
    public async Task Mail_gathers_what_is_unread_and_is_sent_once()
    {
        await using var papers = await TemporaryPapers.CreateAsync([new("Site:Url", "https://papers.example.org")]);
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace", email: "grace@example.org"), await papers.PaperAsync("Compilers and $x^2$"));
        await papers.CommentAsync(ada, paper, "@grace have you seen <this>?");
        papers.Time.Advance(TimeSpan.FromMinutes(10));
        await papers.CommentAsync(ada, paper, "@grace and that?");
        Assert.Equal(0, await SendAsync(papers));
        papers.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, await SendAsync(papers));
        Assert.Equal(0, await SendAsync(papers));

        var mail = Assert.Single(Mails(papers));
        Assert.Equal("grace@example.org", mail.To.Mailboxes.Single().Address);
        Assert.Equal("2 notifications on Daily Papers", mail.Subject);
        Assert.Contains("have you seen <this>?", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("have you seen &lt;this&gt;?", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"https://papers.example.org/papers/{paper.Key}#comment-", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
        var secret = mail.Headers[HeaderId.ListUnsubscribe]!.Split("token=")[1].TrimEnd('>');
        var preferences = papers.Get<NotificationPreferences>();
        Assert.Equal(("grace@example.org", true), await preferences.PeekUnsubscribeAsync(secret, Token));
        Assert.True(await preferences.UnsubscribeAsync(secret, Token));
        Assert.True(await preferences.UnsubscribeAsync(secret, Token));
        Assert.False(await preferences.UnsubscribeAsync(secret.Replace(secret[0], secret[0] == '0' ? '1' : '0'), Token));

        await papers.CommentAsync(ada, paper, "@grace once more");
        papers.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await SendAsync(papers));
    }

    [Fact]
    public async Task Nothing_is_mailed_that_was_read_taken_back_or_not_wanted()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        await papers.CommentAsync(ada, paper, "@grace read");
        await papers.Get<NotificationInbox>().MarkReadAsync(grace.Id, long.MaxValue, Token);
        var taken = await papers.CommentAsync(ada, paper, "@grace taken back");
        await papers.Get<Commenting>().DeleteAsync(ada.Id, taken, Token);
        await papers.Get<NotificationPreferences>().SaveAsync(grace.Id, [NotificationKind.Reply], MailPace.Soon, Token);
        await papers.CommentAsync(ada, paper, "@grace a mention");
        papers.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await SendAsync(papers));
        Assert.Empty(Mails(papers));
    }

    [Fact]
    public async Task Nobody_is_written_to_at_an_address_they_have_not_proved()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        await using (var db = await papers.DbAsync())
            await db.Users.Where(a => a.Id == grace.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.EmailConfirmed, false), Token);
        await papers.CommentAsync(ada, paper, "@grace hello");
        papers.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await SendAsync(papers));
    }

    [Fact]
    public async Task A_daily_mail_waits_a_day()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        await papers.Get<NotificationPreferences>().SaveAsync(grace.Id, Enum.GetValues<NotificationKind>(), MailPace.Daily, Token);
        await papers.CommentAsync(ada, paper, "@grace hello");

        papers.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await SendAsync(papers));
        papers.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await SendAsync(papers));
        Assert.Equal("Ada mentioned you in a comment", Assert.Single(Mails(papers)).Subject);
    }

    [Fact]
    public async Task Two_processes_send_one_mail()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await using var other = await TemporaryPapers.CreateAsync(root: papers.Directory.Root);
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        await papers.CommentAsync(ada, paper, "@grace hello");
        papers.Time.Advance(TimeSpan.FromHours(1));
        other.Time.Advance(TimeSpan.FromHours(1));

        var sent = await Task.WhenAll(Task.Run(() => SendAsync(papers)), Task.Run(() => SendAsync(other)));

        Assert.Equal(1, sent.Sum());
        Assert.Single(Mails(papers));
    }

    private static async Task<IEnumerable<string>> SentencesAsync(TemporaryPapers papers, Account account) =>
        (await papers.Get<NotificationInbox>().ListAsync(account.Id, null, 50, Token)).Select(one => one.Sentence);

    private static Task<int> SendAsync(TemporaryPapers papers) => papers.Get<NotificationMailer>().SendDueAsync(Token);

    private static List<MimeMessage> Mails(TemporaryPapers papers) => Directory.Exists(papers.Directory.Outbox)
        ? Directory.GetFiles(papers.Directory.Outbox, "*.eml").Select(file => MimeMessage.Load(file)).ToList()
        : [];
}
