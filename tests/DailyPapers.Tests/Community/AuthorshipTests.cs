using DailyPapers.Community.Accounts;
using DailyPapers.Community.Authorship;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community;

public class AuthorshipTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_claim_is_shown_once_a_curator_confirms_it_and_no_longer_when_it_is_withdrawn()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, curator) = (await papers.ReaderAsync("Ada", "ada"), await papers.ReaderAsync("Cu", role: AccountRole.Curator));
        var paper = (await papers.PapersAsync(LibraryScene.Record("A paper", ["Ada Lovelace", "Charles Babbage"])))[0];
        var claims = papers.Get<AuthorshipClaims>();
        Assert.Equal(ClaimOutcome.Missing, await claims.MakeAsync(ada, paper.Id, "Alan Turing", null, Token));
        Assert.Equal(ClaimOutcome.Missing, await claims.MakeAsync(ada, 4711, "Ada Lovelace", null, Token));
        Assert.Equal(ClaimOutcome.Done, await claims.MakeAsync(ada, paper.Id, "Ada Lovelace", " See my page. ", Token));
        Assert.Equal(ClaimOutcome.ClaimedAlready, await claims.MakeAsync(ada, paper.Id, "Charles Babbage", null, Token));
        Assert.Empty(await claims.ConfirmedAsync(paper.Id, Token));

        var pending = Assert.Single(await claims.ListPendingAsync(10, Token));
        Assert.Equal(("See my page.", "Ada"), (pending.Claim.Evidence, pending.ClaimantName));
        var before = await papers.ChangeNumberAsync();
        Assert.Equal(ClaimOutcome.Done, await claims.DecideAsync(curator, pending.Claim.Id, isConfirmed: true, null, Token));
        Assert.NotEqual(before, await papers.ChangeNumberAsync());
        Assert.Equal([new ConfirmedAuthor("Ada Lovelace", "Ada", "ada")], await claims.ConfirmedAsync(paper.Id, Token));

        Assert.True(await claims.WithdrawAsync(ada, pending.Claim.Id, Token));
        Assert.Empty(await claims.ConfirmedAsync(paper.Id, Token));
        await using var db = await papers.DbAsync();
        Assert.Equal(["authorship.claim", "authorship.confirm", "authorship.withdraw"], await db.AuditEntries.OrderBy(e => e.Id).Select(e => e.Action).ToListAsync(Token));
    }

    [Fact]
    public async Task An_author_is_one_person_whoever_decides_at_the_same_time()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var curator = await papers.ReaderAsync("Cu", role: AccountRole.Curator);
        var paper = (await papers.PapersAsync(LibraryScene.Record("A paper", ["Ada Lovelace"])))[0];
        var claims = papers.Get<AuthorshipClaims>();
        for (var i = 0; i < 5; i++)
            await claims.MakeAsync(await papers.ReaderAsync($"Claimant {i}"), paper.Id, "Ada Lovelace", null, Token);
        var pending = await claims.ListPendingAsync(10, Token);

        var outcomes = await Task.WhenAll(pending.Select(p => Task.Run(() => claims.DecideAsync(curator, p.Claim.Id, isConfirmed: true, null, Token), Token)));

        Assert.Single(outcomes, ClaimOutcome.Done);
        Assert.Equal(4, outcomes.Count(outcome => outcome is ClaimOutcome.AuthorIsTaken));
        Assert.Single(await claims.ConfirmedAsync(paper.Id, Token));
        Assert.Equal(ClaimOutcome.AuthorIsTaken, await claims.MakeAsync(await papers.ReaderAsync("Late"), paper.Id, "Ada Lovelace", null, Token));
    }

    [Fact]
    public async Task A_refused_claim_can_be_made_anew_and_nobody_decides_about_their_own()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (cu, other) = (await papers.ReaderAsync("Cu", role: AccountRole.Curator), await papers.ReaderAsync("Other", role: AccountRole.Curator));
        var paper = (await papers.PapersAsync(LibraryScene.Record("A paper", ["Ada Lovelace"])))[0];
        var claims = papers.Get<AuthorshipClaims>();
        await claims.MakeAsync(cu, paper.Id, "Ada Lovelace", null, Token);
        var claim = (await claims.OnAsync(cu, paper.Id, Token))!;
        Assert.Equal(ClaimOutcome.OwnClaim, await claims.DecideAsync(cu, claim.Id, isConfirmed: true, null, Token));
        Assert.Equal(ClaimOutcome.Done, await claims.DecideAsync(other, claim.Id, isConfirmed: false, "Another person", Token));
        Assert.Equal((ClaimState.Refused, "Another person"), await StateAsync());
        Assert.Equal(ClaimOutcome.Done, await claims.MakeAsync(cu, paper.Id, "Ada Lovelace", "Really", Token));
        Assert.Equal((ClaimState.Pending, null), await StateAsync());
        Assert.False(await claims.WithdrawAsync(other, (await claims.OnAsync(cu, paper.Id, Token))!.Id, Token));
        Assert.Equal(ClaimOutcome.TextTooLong, await claims.MakeAsync(other, paper.Id, "Ada Lovelace", new string('x', 501), Token));

        async Task<(ClaimState, string?)> StateAsync() => (await claims.OnAsync(cu, paper.Id, Token)) is { } now ? (now.State, now.Reason) : default;
    }
}
