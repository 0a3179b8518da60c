using DailyPapers.Community.Accounts;
using DailyPapers.Community.Invitations;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Tests.Community.Accounts;

public class InvitingTests
{
    [Fact]
    public async Task Of_many_who_use_one_invitation_at_once_one_gets_an_account()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var code = (await papers.Get<Inviting>().InviteAsync(inviterId: null, "Grace", token)).Code;

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            await using var scope = papers.Get<IServiceScopeFactory>().CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<Registering>().RegisterAsync($"g{i}@example.org", "Grace", "purple anvil sunday", code, token);
        }, token)));

        Assert.Single(results, result => result.Account is not null);
        Assert.All(results.Where(result => result.Account is null), result => Assert.Contains("invit", result.Problem, StringComparison.Ordinal));
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        Assert.Equal(1, await db.Users.CountAsync(token));
    }

    [Fact]
    public async Task Invitations_are_counted_by_trust_expire_and_come_back()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        var account = new Account { DisplayName = "Ada", UserName = "ada@example.org", Email = "ada@example.org", Trust = TrustLevel.Regular };
        db.Users.Add(account);
        await db.SaveChangesAsync(token);
        var inviting = papers.Get<Inviting>();

        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => inviting.InviteAsync(account.Id, $"Friend {i}", token), token)));
        Assert.Equal(3, made.Count(result => result.Code is not null));
        Assert.Equal(0, await inviting.LeftAsync(account.Id, token));
        var code = made.First(result => result.Code is not null).Code;
        Assert.NotNull(await inviting.FindAsync(code, token));
        papers.Time.Advance(TimeSpan.FromDays(15));
        Assert.Null(await inviting.FindAsync(code, token));
        Assert.Equal(3, await inviting.LeftAsync(account.Id, token));
    }

    [Fact]
    public async Task The_tree_keeps_its_branches_when_somebody_leaves()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        long? inviter = null;
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            var account = new Account { DisplayName = name, UserName = $"{name}@example.org", Email = $"{name}@example.org", NormalizedEmail = $"{name}@EXAMPLE.ORG".ToUpperInvariant(), InvitedById = inviter };
            db.Users.Add(account);
            await db.SaveChangesAsync(token);
            inviter = account.Id;
        }
        Assert.Equal(["a 0", "b 1", "c 2", "d 3"], await TreeAsync());
        Assert.True(await papers.Get<AccountRemoval>().RemoveAsync("b@example.org", token));
        Assert.Equal(["c 0", "d 1"], await TreeAsync());

        async Task<IEnumerable<string>> TreeAsync() =>
            (await papers.Get<Inviting>().TreeAsync(token)).Select(person => $"{person.Name} {person.Depth}");
    }
}
