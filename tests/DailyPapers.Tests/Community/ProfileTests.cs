using System.Text.Json;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Authorship;
using DailyPapers.Community.Collections;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Following;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.PrivateFeeds;
using DailyPapers.Community.Profiles;
using DailyPapers.Community.Recommending;
using DailyPapers.Community.Submissions;
using DailyPapers.Community.Upvotes;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community;

public class ProfileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_profile_shows_the_last_comments_that_everybody_can_see()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Cu", AccountRole.Curator), await papers.PaperAsync());
        await papers.CommentAsync(curator, paper, "Of somebody else");
        await papers.CommentAsync(ada, paper, "First");
        var hidden = await papers.CommentAsync(ada, paper, "Hidden");
        var deleted = await papers.CommentAsync(ada, paper, "Deleted");
        await papers.CommentAsync(ada, paper, "Last, *truly*");
        await papers.Get<CommentModeration>().HideAsync(curator.Id, hidden, "Rude", Token);
        await papers.Get<Commenting>().DeleteAsync(ada.Id, deleted, Token);

        var view = (await papers.Get<ProfileReader>().FindAsync(ada.Handle!, Token))!;

        Assert.Equal(["Last, *truly*", "First"], view.Comments.Select(c => c.Comment.Text));
        Assert.Contains("<em>truly</em>", view.Comments[0].Html, StringComparison.Ordinal);
        Assert.False(view.IsEmpty);
    }

    [Fact]
    public async Task A_profile_shows_what_is_public_and_upvotes_only_when_allowed()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator) = (await papers.ReaderAsync("Ada", "ada"), await papers.ReaderAsync("Cu", role: AccountRole.Curator));
        var stored = await papers.PapersAsync(4);
        await papers.Get<Upvoting>().SetAsync(ada, stored[0].Id, wanted: true, Token);
        await papers.Get<AuthorshipClaims>().MakeAsync(ada, stored[1].Id, "Ada Lovelace", null, Token);
        await papers.Get<AuthorshipClaims>().MakeAsync(ada, stored[3].Id, "Ada Lovelace", null, Token);
        await papers.Get<AuthorshipClaims>().DecideAsync(curator, (await papers.Get<AuthorshipClaims>().OnAsync(ada, stored[1].Id, Token))!.Id, true, null, Token);
        await papers.Get<CollectionWriter>().CreateAsync(ada, new("Open", null, IsPublic: true), Token);
        await papers.Get<CollectionWriter>().CreateAsync(ada, new("Closed", null, IsPublic: false), Token);
        await using (var db = await papers.DbAsync())
        {
            db.Submissions.Add(new Submission { PaperId = stored[2].Id, AccountId = ada, SubmitterName = "Ada", Origin = "here", SubmittedAt = papers.Time.GetUtcNow() });
            await db.SaveChangesAsync(Token);
        }
        var profiles = papers.Get<ProfileReader>();

        var view = (await profiles.FindAsync("ada", Token))!;
        Assert.Equal([stored[1].Id], view.Authored.Select(p => p.Paper.Id));
        Assert.Equal([stored[2].Id], view.Submitted.Select(p => p.Paper.Id));
        Assert.Equal(["Open"], view.Collections.Select(c => c.Name));
        Assert.Null(view.Upvoted);

        var before = await papers.ChangeNumberAsync();
        Assert.Null(await papers.Get<ProfileWriter>().SaveAsync(ada, " I count. ", showsUpvotes: true, Token));
        Assert.NotEqual(before, await papers.ChangeNumberAsync());
        view = (await profiles.FindAsync("ada", Token))!;
        Assert.Equal("I count.", view.About);
        Assert.Equal([stored[0].Id], view.Upvoted!.Select(p => p.Paper.Id));
        Assert.Null(await profiles.FindAsync("nobody", Token));
        Assert.Contains("501 characters", await papers.Get<ProfileWriter>().SaveAsync(ada, new string('x', 501), true, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_kept_of_a_library_is_exported_and_erased_with_the_account()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync("Ada", "ada");
        var stored = await papers.PapersAsync(1);
        await papers.Get<CollectionWriter>().CreateAsync(ada, new("Open", null, IsPublic: true), Token);
        await papers.Get<AuthorshipClaims>().MakeAsync(ada, stored[0].Id, "Ada Lovelace", null, Token);
        await papers.Get<ProfileWriter>().SaveAsync(ada, "I count.", true, Token);
        await papers.Get<Follows>().AddAsync(ada, FollowKind.Keyword, "grokking", Token);
        var secret = await papers.Get<FeedSecrets>().RenewAsync(ada, FeedKind.Following, Token);
        await papers.Get<RecommendingChoices>().SetAsync(new() { AccountId = ada, IsOff = true }, Token);
        await using var db = await papers.DbAsync();
        var export = new Dictionary<string, object>();
        foreach (var part in papers.Get<IEnumerable<IPersonalData>>())
            export.Add(part.Name, await part.ExportAsync(db, ada, Token));
        var json = JsonSerializer.Serialize(export);
        foreach (var kept in (string[])["\"Open\"", "I count.", "grokking", "Ada Lovelace", "\"IsOff\":true", "\"Kind\":\"Following\""])
            Assert.Contains(kept, json, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, json, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(await db.FeedSecrets.Select(s => s.SecretHash).SingleAsync(Token)), json, StringComparison.Ordinal);

        var email = await db.Users.Where(a => a.Id == ada).Select(a => a.Email!).SingleAsync(Token);
        Assert.True(await papers.Get<AccountRemoval>().RemoveAsync(email, Token));
        var left = await db.Collections.CountAsync(Token) + await db.AuthorshipClaims.CountAsync(Token) + await db.Profiles.CountAsync(Token)
            + await db.Follows.CountAsync(Token) + await db.FeedSecrets.CountAsync(Token) + await db.RecommendingChoices.CountAsync(Token);
        Assert.Equal(0, left);
    }
}
