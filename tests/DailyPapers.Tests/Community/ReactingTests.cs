using DailyPapers.Community.Comments;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Reactions;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Community;

public class ReactingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reactions_count_once_a_person_and_kind_and_are_told_once()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        var id = await papers.CommentAsync(ada, paper);
        var reacting = papers.Get<Reacting>();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => reacting.SetAsync(grace.Id, id, ReactionKind.Thanks, true, Token))));
        Assert.Equal(0, await reacting.SetAsync(grace.Id, id, ReactionKind.Thanks, false, Token));
        Assert.Equal(1, await reacting.SetAsync(grace.Id, id, ReactionKind.Thanks, true, Token));
        Assert.Equal(1, await reacting.SetAsync(grace.Id, id, ReactionKind.Doubt, true, Token));

        var shown = Assert.Single((await papers.ReadAsync(paper, grace)).Threads).Reactions.Where(reaction => reaction.Count > 0);
        Assert.Equal([new(ReactionKind.Thanks, 1, true), new(ReactionKind.Doubt, 1, true)], shown);
        Assert.DoesNotContain(Assert.Single((await papers.ReadAsync(paper, ada)).Threads).Reactions, reaction => reaction.Given);
        Assert.Equal("Grace reacted to your comment.", Assert.Single(await papers.Get<NotificationInbox>().ListAsync(ada.Id, null, 10, Token)).Sentence);
    }

    [Fact]
    public async Task What_is_gone_takes_no_reaction()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, grace, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Grace"), await papers.PaperAsync());
        var id = await papers.CommentAsync(ada, paper);
        await papers.Get<Commenting>().DeleteAsync(ada.Id, id, Token);

        Assert.Null(await papers.Get<Reacting>().SetAsync(grace.Id, id, ReactionKind.Agree, true, Token));
        Assert.Null(await papers.Get<Reacting>().SetAsync(grace.Id, 4711, ReactionKind.Agree, true, Token));
    }
}
