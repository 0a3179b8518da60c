using DailyPapers.Community.Accounts;
using DailyPapers.Community.Auditing;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Moderation.Bans;
using DailyPapers.Community.Moderation.Reports;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Reactions;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community;

public class ModerationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hiding_and_putting_back_is_counted_told_and_logged()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Curator", AccountRole.Curator), await papers.PaperAsync());
        var id = await papers.CommentAsync(ada, paper, "Something rude");
        var moderation = papers.Get<CommentModeration>();

        Assert.Contains("reason has 0 characters", (await moderation.HideAsync(curator.Id, id, " ", Token)).Problem, StringComparison.Ordinal);
        Assert.Equal(CommentStatus.Published, (await moderation.HideAsync(curator.Id, id, "Rude", Token)).Status);
        Assert.Equal(CommentStatus.NoSuch, (await moderation.HideAsync(curator.Id, id, "Rude again", Token)).Status);

        Assert.Equal(0, await papers.CountAsync(paper));
        Assert.Empty((await papers.ReadAsync(paper)).Threads);
        Assert.Equal("Rude", Assert.Single((await papers.ReadAsync(paper, ada)).Threads).Reason);
        Assert.Equal(CommentStatus.NoSuch, (await papers.Get<Commenting>().EditAsync(ada.Id, id, "Nicer", Token)).Status);
        Assert.Empty(await papers.Get<CommentReader>().HistoryAsync(id, Token));

        Assert.Equal(CommentStatus.Published, (await moderation.RestoreAsync(curator.Id, id, Token)).Status);
        Assert.Equal(1, await papers.CountAsync(paper));
        var told = await papers.Get<NotificationInbox>().ListAsync(ada.Id, null, 10, Token);
        Assert.Equal(["A curator put your comment back.", "Your comment was hidden by a curator: Rude"], told.Select(one => one.Sentence));
        var log = await papers.Get<AuditLog>().ReadPublicAsync(null, 10, Token);
        Assert.Equal([("comment.restore", "Curator", null), ("comment.hide", "Curator", "Rude")], log.Select(line => (line.Action, line.ActorName, line.Detail)));
    }

    [Fact]
    public async Task A_report_waits_until_somebody_decides_and_its_sender_hears_of_it()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, curator, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PersonAsync("Curator", AccountRole.Curator), await papers.PaperAsync());
        var id = await papers.CommentAsync(ada, paper, "Odd");
        var reporting = papers.Get<Reporting>();

        Assert.Equal(CommentStatus.Refused, (await reporting.ReportAsync(ada.Id, id, ReportReason.Spam, null, Token)).Status);
        Assert.Equal(CommentStatus.Refused, (await reporting.ReportAsync(grace.Id, id, ReportReason.Other, " ", Token)).Status);
        Assert.Equal(CommentStatus.NoSuch, (await reporting.ReportAsync(grace.Id, 4711, ReportReason.Spam, null, Token)).Status);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => reporting.ReportAsync(grace.Id, id, ReportReason.Abuse, "Look", Token))));

        var waiting = Assert.Single(await papers.Get<ModerationQueue>().ReadAsync(Token));
        Assert.Equal((ReportReason.Abuse, "Look", "Grace"), waiting.Reports.Select(report => (report.Reason, report.Note, report.ReporterName)).Single());
        await papers.Get<CommentModeration>().DismissAsync(curator.Id, id, Token);

        Assert.Empty(await papers.Get<ModerationQueue>().ReadAsync(Token));
        Assert.Contains("left it on the page", Assert.Single(await papers.Get<NotificationInbox>().ListAsync(grace.Id, null, 10, Token)).Sentence, StringComparison.Ordinal);
        Assert.Empty(await papers.Get<NotificationInbox>().ListAsync(ada.Id, null, 10, Token));
    }

    [Fact]
    public async Task Taking_a_comment_back_settles_its_reports()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        var id = await papers.CommentAsync(ada, paper);
        await papers.Get<Reporting>().ReportAsync(grace.Id, id, ReportReason.Spam, null, Token);

        await papers.Get<Commenting>().DeleteAsync(ada.Id, id, Token);

        Assert.Equal(0, await papers.Get<ModerationQueue>().CountAsync(Token));
        Assert.Equal(CommentStatus.NoSuch, (await papers.Get<CommentModeration>().HideAsync(grace.Id, id, "x", Token)).Status);
    }

    [Fact]
    public async Task A_banned_account_writes_nothing_until_the_ban_ends()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, curator, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PersonAsync("Curator", AccountRole.Curator), await papers.PaperAsync());
        var own = await papers.CommentAsync(ada, paper);
        var other = await papers.CommentAsync(grace, paper);

        Assert.Null((await papers.Get<Banning>().BanAsync(curator.Id, "ada", 7, "Spam", Token)).Problem);

        var refused = await papers.Get<Commenting>().PostAsync(ada.Id, paper.Id, null, "More", Token);
        Assert.Equal("The account is banned until 21 August 2025 12:00 UTC. Reason: Spam", refused.Problem);
        Assert.Equal(CommentStatus.Refused, (await papers.Get<Commenting>().EditAsync(ada.Id, own, "More", Token)).Status);
        Assert.Equal(CommentStatus.Refused, (await papers.Get<Reporting>().ReportAsync(ada.Id, other, ReportReason.Spam, null, Token)).Status);
        Assert.Null(await papers.Get<Reacting>().SetAsync(ada.Id, other, ReactionKind.Doubt, true, Token));
        await using var db = await papers.DbAsync();
        Assert.NotEqual(ada.SecurityStamp, (await db.Users.SingleAsync(a => a.Id == ada.Id, Token)).SecurityStamp);

        papers.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(CommentStatus.Published, (await papers.Get<Commenting>().PostAsync(ada.Id, paper.Id, null, "I am back", Token)).Status);
        var line = Assert.Single(await papers.Get<AuditLog>().ReadPublicAsync(null, 10, Token));
        Assert.Equal(("account.ban", "Ada", "until 2025-08-21 12:00 UTC: Spam"), (line.Action, line.SubjectName, line.Detail));
    }

    [Theory]
    [InlineData(AccountRole.Reader, AccountRole.Reader, false)]
    [InlineData(AccountRole.Curator, AccountRole.Reader, true)]
    [InlineData(AccountRole.Curator, AccountRole.Curator, false)]
    [InlineData(AccountRole.Curator, AccountRole.Administrator, false)]
    [InlineData(AccountRole.Administrator, AccountRole.Curator, true)]
    [InlineData(AccountRole.Administrator, AccountRole.Administrator, false)]
    public async Task It_takes_a_higher_role_to_ban(AccountRole actor, AccountRole target, bool may)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (one, other) = (await papers.PersonAsync("Actor", actor), await papers.PersonAsync("Target", target));

        var outcome = await papers.Get<Banning>().BanAsync(one.Id, other.Handle!, null, "Because", Token);

        Assert.Equal(may, outcome.Problem is null);
        Assert.Equal(may ? Banning.ForGood : null, (await papers.Get<Banning>().FindAsync(other.Handle!, Token))!.BannedUntil);
        Assert.Equal(may, (await papers.Get<Banning>().UnbanAsync(one.Id, other.Handle!, Token)).Problem is null);
        Assert.Null((await papers.Get<Banning>().FindAsync(other.Handle!, Token))!.BannedUntil);
    }

    [Fact]
    public async Task The_audit_log_can_be_asked_by_action_and_person_and_read_page_by_page()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        for (var i = 0; i < 5; i++)
            await papers.CommentAsync(i % 2 == 0 ? ada : grace, paper, $"Remark {i}");
        var log = papers.Get<AuditLog>();

        Assert.Equal(3, (await log.ReadAsync(new(Actor: "ada"), 50, Token)).Count);
        Assert.Empty(await log.ReadAsync(new(Actor: "nobody"), 50, Token));
        Assert.Equal(5, (await log.ReadAsync(new(Action: "comment."), 50, Token)).Count);
        Assert.Empty(await log.ReadAsync(new(Action: "edition"), 50, Token));
        var first = await log.ReadAsync(new(), 3, Token);
        var second = await log.ReadAsync(new(Before: first[^1].Id), 3, Token);
        Assert.Equal(5, first.Concat(second).Select(line => line.Id).Distinct().Count());
        Assert.All(first, line => Assert.Equal($"/comments/{line.Subject["comment:".Length..]}", line.SubjectPath));
        // What people do with their own comments is not for everybody.
        Assert.Empty(await log.ReadPublicAsync(null, 50, Token));
    }
}
