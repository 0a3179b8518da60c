using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Community.Authorship;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Moderation.Bans;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.Submissions;
using DailyPapers.Editions;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community;

/// <summary>What a decision about somebody's doing does to them: what they are told, what they may do from then on.</summary>
public class DecisionTests
{
    private static readonly DateOnly Today = new(2025, 8, 14);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submitter_is_told_what_became_of_a_submission()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator) = (await papers.ReaderAsync("Ada"), await papers.ReaderAsync("Cu", role: AccountRole.Curator));
        var stored = await papers.PapersAsync(3);
        foreach (var paper in stored.Take(2))
            Assert.True((await papers.Get<Submitting>().EnterAsync(new(ada, "Ada", IsCurator: false), Typed(paper.Title), null, toToday: false, Token)).IsSubmitted);

        await papers.Get<EditionWriter>().ReplaceAsync(Today, [stored[0].Id, stored[2].Id], Token);
        await papers.Get<EditionWriter>().ReplaceAsync(Today, [stored[2].Id, stored[0].Id], Token);
        Assert.True(await papers.Get<SubmissionDecisions>().DeclineAsync(curator, stored[1].Id, "Known for years", Token));

        Assert.Equal(
            [("A curator left out the paper you submitted: Known for years", $"/papers/{stored[1].Key}"), ("The paper you submitted is in the edition of 14 August 2025.", $"/papers/{stored[0].Key}")],
            await ToldAsync(papers, ada));
        Assert.Empty(await ToldAsync(papers, curator));
    }

    [Fact]
    public async Task A_curator_is_not_told_of_what_they_put_into_the_edition_themselves()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var curator = await papers.ReaderAsync("Cu", role: AccountRole.Curator);

        Assert.Equal(SubmissionOutcome.InEdition, (await papers.Get<Submitting>().EnterAsync(new(curator, "Cu", IsCurator: true), Typed("Mine"), null, toToday: true, Token)).Outcome);

        Assert.Empty(await ToldAsync(papers, curator));
    }

    [Fact]
    public async Task Who_typed_a_paper_in_is_told_whether_it_was_taken()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator) = (await papers.ReaderAsync("Ada"), await papers.ReaderAsync("Cu", role: AccountRole.Curator));
        foreach (var title in (string[])["First", "Second"])
            Assert.Equal(SubmissionOutcome.Proposed, (await papers.Get<Submitting>().EnterAsync(new(ada, "Ada", IsCurator: false), Typed(title), null, toToday: false, Token)).Outcome);
        var decisions = papers.Get<SubmissionDecisions>();
        var waiting = await decisions.ProposalsAsync(Token);

        Assert.True(await decisions.AcceptProposalAsync(curator, waiting[0].Id, Token));
        Assert.True(await decisions.DeclineProposalAsync(curator, waiting[1].Id, null, Token));

        Assert.Equal(
            ["A curator left out “Second”, which you typed in.", "A curator took “First”, which you typed in; it waits for an edition."],
            (await ToldAsync(papers, ada)).Select(told => told.Sentence));
    }

    [Theory]
    [InlineData(true, null, "A curator confirmed that you are Ada Lovelace, an author of this paper.")]
    [InlineData(false, "Another person", "A curator did not confirm that you are Ada Lovelace, an author of this paper: Another person")]
    public async Task A_claimant_is_told_of_the_decision(bool isConfirmed, string? reason, string sentence)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator) = (await papers.ReaderAsync("Ada"), await papers.ReaderAsync("Cu", role: AccountRole.Curator));
        var paper = (await papers.PapersAsync(1))[0];
        await papers.Get<AuthorshipClaims>().MakeAsync(ada, paper.Id, "Ada Lovelace", null, Token);
        var claim = (await papers.Get<AuthorshipClaims>().OnAsync(ada, paper.Id, Token))!;

        Assert.Equal(ClaimOutcome.Done, await papers.Get<AuthorshipClaims>().DecideAsync(curator, claim.Id, isConfirmed, reason, Token));

        Assert.Equal([(sentence, $"/papers/{paper.Key}")], await ToldAsync(papers, ada));
    }

    [Fact]
    public async Task A_ban_ends_the_sessions_and_its_end_does_not_bring_them_back()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Cu", AccountRole.Curator));
        var sessions = papers.Get<AccountSessions>();
        var (hers, other) = (await BeginAsync(ada), await BeginAsync(curator));
        Assert.NotNull(await sessions.VisitAsync(hers, Token));

        Assert.Null((await papers.Get<Banning>().BanAsync(curator.Id, ada.Handle!, 1, "Spam", Token)).Problem);
        Assert.Null(await sessions.VisitAsync(hers, Token));
        await using (var db = await papers.DbAsync())
            Assert.Equal([curator.Id], await db.AccountSessions.Select(s => s.AccountId).ToListAsync(Token));
        Assert.Null((await papers.Get<Banning>().UnbanAsync(curator.Id, ada.Handle!, Token)).Problem);

        Assert.Null(await sessions.VisitAsync(hers, Token));
        Assert.NotNull(await sessions.VisitAsync(other, Token));

        Task<string> BeginAsync(Account account) => sessions.BeginAsync(account.Id, account.SecurityStamp!, "A browser", SignInMethod.Password, Token);
    }

    [Fact]
    public async Task Trust_comes_from_what_stood_and_goes_with_what_was_taken_back()
    {
        await using var papers = await TemporaryPapers.CreateAsync(new Dictionary<string, string?> { ["Accounts:Trust:RegularActivity"] = "3" });
        var (ada, curator, paper) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Cu", AccountRole.Curator), await papers.PaperAsync());
        papers.Time.Advance(TimeSpan.FromDays(4));
        var comments = new List<long>();
        for (var i = 0; i < 2; i++)
            comments.Add(await papers.CommentAsync(ada, paper, $"Remark {i}"));
        Assert.Equal(TrustLevel.New, await papers.Get<TrustReview>().ReviewAsync(ada.Id, Token));

        var submitted = (await papers.PapersAsync(LibraryScene.Record("Submitted")))[0];
        Assert.True((await papers.Get<Submitting>().EnterAsync(new(ada.Id, "Ada", IsCurator: false), Typed("Submitted"), null, toToday: false, Token)).IsSubmitted);
        Assert.Equal(TrustLevel.New, await papers.Get<TrustReview>().ReviewAsync(ada.Id, Token));
        await papers.Get<EditionWriter>().ReplaceAsync(DateOnly.FromDateTime(papers.Time.GetUtcNow().Date), [submitted.Id], Token);
        Assert.Equal(TrustLevel.Regular, await papers.Get<TrustReview>().ReviewAsync(ada.Id, Token));

        comments.Add(await papers.CommentAsync(ada, paper, "A rude remark"));
        Assert.Equal(CommentStatus.Published, (await papers.Get<CommentModeration>().HideAsync(curator.Id, comments[^1], "Rude", Token)).Status);
        Assert.Equal(TrustLevel.New, await papers.Get<TrustReview>().ReviewAsync(ada.Id, Token));
    }

    private static HandEntry Typed(string title) => new(title, "Ada Lovelace", null, null, null);

    private static async Task<IReadOnlyList<(string Sentence, string? Path)>> ToldAsync(TemporaryPapers papers, long account) =>
        [.. (await papers.Get<NotificationInbox>().ListAsync(account, null, 100, Token)).Select(told => (told.Sentence, told.Path))];
}
