using DailyPapers.Community.Accounts;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Moderation.Filters;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community;

public class CommentingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_count_is_exact_however_many_write_and_delete_at_once()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var paper = await papers.PaperAsync();
        var people = new List<Account>();
        for (var i = 0; i < 8; i++)
            people.Add(await papers.PersonAsync($"Person {i}"));

        await Task.WhenAll(people.Select((person, i) => Task.Run(async () =>
        {
            for (var round = 0; round < 4; round++)
            {
                var id = await papers.CommentAsync(person, paper, $"Remark {round}");
                if ((round + i) % 2 == 0)
                    Assert.True(await papers.Get<Commenting>().DeleteAsync(person.Id, id, Token));
            }
        }, Token)));

        Assert.Equal(16, await papers.CountAsync(paper));
        await using var db = await papers.DbAsync();
        Assert.Equal(16, await db.Comments.CountAsync(c => c.State == CommentState.Visible, Token));
    }

    [Fact]
    public async Task Every_change_of_a_page_takes_a_number()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper) = (await papers.PersonAsync(), await papers.PaperAsync());
        var seen = await papers.Get<ContentChanges>().NoticeAsync(Token);

        var id = await papers.CommentAsync(ada, paper);
        seen = await ChangedAsync(seen);
        await papers.Get<Commenting>().EditAsync(ada.Id, id, "Another remark.", Token);
        seen = await ChangedAsync(seen);
        await papers.Get<Commenting>().DeleteAsync(ada.Id, id, Token);
        await ChangedAsync(seen);
        Assert.Equal((await papers.Get<ContentChanges>().NoticeAsync(Token)).Number, (await papers.Get<PaperReader>().FindAsync(paper.Key, Token))!.ChangeSequence);

        async Task<ContentVersion> ChangedAsync(ContentVersion before)
        {
            var now = await papers.Get<ContentChanges>().NoticeAsync(Token);
            Assert.NotEqual(before, now);
            return now;
        }
    }

    [Fact]
    public async Task A_deleted_comment_leaves_its_place_and_nothing_of_its_text()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        var first = await papers.CommentAsync(ada, paper, "The secret of Ada");
        await papers.Get<Commenting>().EditAsync(ada.Id, first, "The secret of Ada, again", Token);
        var answer = await papers.CommentAsync(grace, paper, "An answer", first);

        Assert.False(await papers.Get<Commenting>().DeleteAsync(grace.Id, first, Token));
        Assert.True(await papers.Get<Commenting>().DeleteAsync(ada.Id, first, Token));
        Assert.False(await papers.Get<Commenting>().DeleteAsync(ada.Id, first, Token));

        var place = Assert.Single((await papers.ReadAsync(paper)).Threads);
        Assert.Equal((CommentState.Deleted, null, null), (place.State, place.Html, place.AuthorName));
        Assert.Equal(answer, Assert.Single(place.Replies).Id);
        Assert.Equal(1, await papers.CountAsync(paper));
        await using var db = await papers.DbAsync();
        Assert.Equal("", (await db.Comments.SingleAsync(c => c.Id == first, Token)).Text);
        Assert.Empty(await db.CommentRevisions.ToListAsync(Token));

        Assert.True(await papers.Get<Commenting>().DeleteAsync(grace.Id, answer, Token));
        Assert.Empty((await papers.ReadAsync(paper)).Threads);
    }

    [Fact]
    public async Task An_edit_keeps_what_was_said_before_for_everybody_to_read()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        var id = await papers.CommentAsync(ada, paper, "First");
        papers.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(CommentStatus.NoSuch, (await papers.Get<Commenting>().EditAsync(grace.Id, id, "Not mine", Token)).Status);
        Assert.Equal(CommentStatus.Published, (await papers.Get<Commenting>().EditAsync(ada.Id, id, "Second", Token)).Status);
        Assert.Equal(CommentStatus.Published, (await papers.Get<Commenting>().EditAsync(ada.Id, id, "Second", Token)).Status);

        var history = await papers.Get<CommentReader>().HistoryAsync(id, Token);
        Assert.Equal(["<p>Second</p>\n", "<p>First</p>\n"], history.Select(version => version.Html));
        Assert.Equal(TimeSpan.FromMinutes(5), history[0].WrittenAt - history[1].WrittenAt);
        Assert.NotNull((await papers.ReadAsync(paper)).Threads[0].EditedAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    [InlineData("\0\u0001")]
    public async Task An_empty_text_is_refused_with_what_to_do(string? text)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var outcome = await papers.Get<Commenting>().PostAsync((await papers.PersonAsync()).Id, (await papers.PaperAsync()).Id, null, text, Token);
        Assert.Equal(CommentStatus.Refused, outcome.Status);
        Assert.Contains("text is empty", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_hold_to_the_character()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper) = (await papers.PersonAsync(), await papers.PaperAsync());

        var fits = await papers.Get<Commenting>().PostAsync(ada.Id, paper.Id, null, new string('x', Comment.LongestText), Token);
        var over = await papers.Get<Commenting>().PostAsync(ada.Id, paper.Id, null, new string('x', Comment.LongestText + 1), Token);

        Assert.Equal(CommentStatus.Published, fits.Status);
        Assert.Contains("shorten it to 10000", over.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_only_nests_is_refused_and_rules_and_lists_are_not()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper) = (await papers.PersonAsync(), await papers.PaperAsync());

        foreach (var text in (string[])[new string('>', 60), string.Concat(Enumerable.Repeat("1. ", 60)), string.Concat(Enumerable.Repeat("> - ", 40))])
            Assert.Contains("flatter", (await papers.Get<Commenting>().PostAsync(ada.Id, paper.Id, null, text + "x", Token)).Problem, StringComparison.Ordinal);
        foreach (var text in (string[])["a\n\n" + new string('-', 80), new string('*', 80), "> - 1. * quoted list", new string('.', 80)])
            Assert.Equal(CommentStatus.Published, (await papers.Get<Commenting>().PostAsync(ada.Id, paper.Id, null, text, Token)).Status);
    }

    [Fact]
    public async Task An_answer_needs_a_comment_on_the_same_paper()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper, other) = (await papers.PersonAsync(), await papers.PaperAsync("One"), await papers.PaperAsync("Two"));
        var id = await papers.CommentAsync(ada, paper);

        Assert.Equal(CommentStatus.Refused, (await papers.Get<Commenting>().PostAsync(ada.Id, other.Id, id, "x", Token)).Status);
        Assert.Equal(CommentStatus.Refused, (await papers.Get<Commenting>().PostAsync(ada.Id, paper.Id, 4711, "x", Token)).Status);
        Assert.Equal(CommentStatus.NoSuch, (await papers.Get<Commenting>().PostAsync(ada.Id, 4711, null, "x", Token)).Status);
    }

    [Fact]
    public async Task Pressing_the_button_twice_makes_one_comment()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper) = (await papers.PersonAsync(), await papers.PaperAsync());

        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => papers.CommentAsync(ada, paper, "Once"))));

        Assert.Single(ids.Distinct());
        Assert.Equal(1, await papers.CountAsync(paper));
    }

    [Fact]
    public async Task A_long_chain_of_answers_is_shown_at_a_bounded_depth()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper) = (await papers.PersonAsync("Ada"), await papers.PaperAsync());
        long? parent = null;
        for (var i = 0; i < 12; i++)
            parent = await papers.CommentAsync(ada, paper, $"Answer {i}", parent);

        var view = Assert.Single((await papers.ReadAsync(paper)).Threads);
        for (var level = 0; level < 3; level++)
            view = Assert.Single(view.Replies);

        Assert.Equal(8, view.Replies.Count);
        Assert.All(view.Replies, reply => Assert.Empty(reply.Replies));
        Assert.Null(view.Replies[0].Answers);
        Assert.All(view.Replies.Skip(1), reply => Assert.Equal("Ada", reply.Answers!.Value.Name));
    }

    [Fact]
    public async Task New_accounts_wait_where_the_site_wants_it()
    {
        await using var papers = await TemporaryPapers.CreateAsync([new("Moderation:HoldAccountsYoungerThan", "1.00:00:00")]);
        var (fresh, curator, paper) = (await papers.PersonAsync("Fresh"), await papers.PersonAsync("Kim", AccountRole.Curator), await papers.PaperAsync());

        var held = await papers.Get<Commenting>().PostAsync(fresh.Id, paper.Id, null, "Hello @kim", Token);
        var trusted = await papers.Get<Commenting>().PostAsync(curator.Id, paper.Id, null, "Hello", Token);
        papers.Time.Advance(TimeSpan.FromDays(1));
        var later = await papers.Get<Commenting>().PostAsync(fresh.Id, paper.Id, null, "A day later", Token);

        Assert.Equal((CommentStatus.Held, CommentStatus.Published, CommentStatus.Published), (held.Status, trusted.Status, later.Status));
        Assert.Equal(2, await papers.CountAsync(paper));
        Assert.DoesNotContain((await papers.ReadAsync(paper)).Threads, view => view.Id == held.Id);
        Assert.Contains((await papers.ReadAsync(paper, fresh)).Threads, view => view.Id == held.Id && view.State is CommentState.Held);
        // Nobody hears of it before it appears.
        Assert.Equal(0, await papers.Get<DailyPapers.Community.Notifications.NotificationInbox>().CountUnreadAsync(curator.Id, Token));

        await papers.Get<CommentModeration>().ApproveAsync(curator.Id, held.Id!.Value, Token);

        Assert.Equal(3, await papers.CountAsync(paper));
        Assert.Equal(1, await papers.Get<DailyPapers.Community.Notifications.NotificationInbox>().CountUnreadAsync(curator.Id, Token));
    }

    [Fact]
    public async Task A_filter_holds_or_refuses_also_what_an_edit_brings()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, root, paper) = (await papers.PersonAsync(), await papers.PersonAsync("Root", AccountRole.Administrator), await papers.PaperAsync());
        Assert.Null(await papers.Get<WordFilters>().AddAsync(root.Id, "casino*", FilterKind.Words, FilterAction.Hold, Token));
        Assert.Null(await papers.Get<WordFilters>().AddAsync(root.Id, "buy now", FilterKind.Words, FilterAction.Refuse, Token));

        var id = await papers.CommentAsync(ada, paper, "Harmless");
        Assert.Equal(CommentStatus.Refused, (await papers.Get<Commenting>().PostAsync(ada.Id, paper.Id, null, "Casinos: BUY\nnow!", Token)).Status);
        Assert.Equal(CommentStatus.Held, (await papers.Get<Commenting>().EditAsync(ada.Id, id, "Best Cásinos", Token)).Status);
        Assert.Equal(CommentStatus.Held, (await papers.Get<Commenting>().EditAsync(ada.Id, id, "Harmless again", Token)).Status);
        Assert.Equal(CommentStatus.Published, (await papers.Get<Commenting>().PostAsync(root.Id, paper.Id, null, "No casinos, please", Token)).Status);

        Assert.Equal(1, await papers.CountAsync(paper));
    }

    [Fact]
    public async Task Deleting_an_account_takes_its_texts_and_leaves_what_others_said()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada", email: "ada@example.org"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        var first = await papers.CommentAsync(ada, paper, "Private thoughts");
        await papers.Get<Commenting>().EditAsync(ada.Id, first, "Changed thoughts", Token);
        var answer = await papers.CommentAsync(grace, paper, "To @ada", first);
        await papers.CommentAsync(ada, paper, "To @grace", answer);

        Assert.True(await papers.Get<AccountRemoval>().RemoveAsync("ada@example.org", Token));

        Assert.Equal(1, await papers.CountAsync(paper));
        var place = Assert.Single((await papers.ReadAsync(paper)).Threads);
        Assert.Equal("<p>To @ada</p>\n", Assert.Single(place.Replies).Html);
        await using var db = await papers.DbAsync();
        Assert.Empty(await db.CommentRevisions.ToListAsync(Token));
        Assert.Empty(await db.Comments.Where(c => c.AuthorId == ada.Id || c.Text.Contains("thoughts")).ToListAsync(Token));
        Assert.Empty(await db.Notifications.ToListAsync(Token));
    }

    [Fact]
    public async Task An_export_holds_comments_with_their_history()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, paper) = (await papers.PersonAsync(), await papers.PaperAsync());
        var id = await papers.CommentAsync(ada, paper, "Before");
        await papers.Get<Commenting>().EditAsync(ada.Id, id, "After", Token);

        await using var db = await papers.DbAsync();
        var parts = papers.Get<IEnumerable<IPersonalData>>().ToDictionary(part => part.Name);
        var json = System.Text.Json.JsonSerializer.Serialize(await parts["comments"].ExportAsync(db, ada.Id, Token));

        Assert.Contains("\"Before\"", json, StringComparison.Ordinal);
        Assert.Contains("\"After\"", json, StringComparison.Ordinal);
        Assert.All(["comments", "reactions", "reports", "notifications"], name => Assert.Contains(name, parts.Keys));
    }
}
