using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Community.PrivateFeeds;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community;

public class FeedSecretsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FeedKind.Following, FeedKind.Notifications)]
    [InlineData(FeedKind.Notifications, FeedKind.Following)]
    public async Task A_secret_opens_one_person_s_feed_of_one_kind_until_it_is_renewed_or_ended(FeedKind kind, FeedKind other)
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bo) = (await papers.ReaderAsync(), await papers.ReaderAsync("Bo"));
        var secrets = papers.Get<FeedSecrets>();
        Assert.Null(await secrets.MadeAtAsync(ada, kind, Token));

        var first = await secrets.RenewAsync(ada, kind, Token);
        var others = await secrets.RenewAsync(bo, kind, Token);
        Assert.Equal((ada, bo), (await secrets.AccountOfAsync(first, kind, Token), await secrets.AccountOfAsync(others, kind, Token)));
        Assert.Null(await secrets.AccountOfAsync(first, other, Token));
        Assert.Equal(papers.Time.GetUtcNow(), await secrets.MadeAtAsync(ada, kind, Token));
        Assert.Null(await secrets.MadeAtAsync(ada, other, Token));

        var second = await secrets.RenewAsync(ada, kind, Token);
        Assert.Equal((null, ada), (await secrets.AccountOfAsync(first, kind, Token), await secrets.AccountOfAsync(second, kind, Token)));
        foreach (var wrong in (string?[])[null, "", "x", second[..^1], second + "a", second.ToUpperInvariant(), new string('0', 48)])
            Assert.Null(await secrets.AccountOfAsync(wrong, kind, Token));

        await secrets.EndAsync(ada, kind, Token);
        await secrets.EndAsync(ada, kind, Token);
        Assert.Equal((null, bo), (await secrets.AccountOfAsync(second, kind, Token), await secrets.AccountOfAsync(others, kind, Token)));
        Assert.Null(await secrets.MadeAtAsync(ada, kind, Token));
    }

    [Fact]
    public async Task It_is_stored_as_a_hash_and_signs_nobody_in()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync();
        var secret = await papers.Get<FeedSecrets>().RenewAsync(ada, FeedKind.Following, Token);

        await using var db = await papers.DbAsync();
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)), (await db.FeedSecrets.SingleAsync(Token)).SecretHash);
        var sessions = papers.Get<AccountSessions>();
        Assert.Null(await sessions.VisitAsync(secret, Token));
        var key = await sessions.BeginAsync(ada, "stamp", "A browser", SignInMethod.Password, Token);
        Assert.Null(await papers.Get<FeedSecrets>().AccountOfAsync(key, FeedKind.Following, Token));
    }

    [Fact]
    public async Task It_opens_nothing_while_its_person_is_banned()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var ada = await papers.ReaderAsync();
        var secret = await papers.Get<FeedSecrets>().RenewAsync(ada, FeedKind.Following, Token);
        DateTimeOffset? until = papers.Time.GetUtcNow().AddDays(1);
        await using (var db = await papers.DbAsync())
            await db.Users.Where(a => a.Id == ada).ExecuteUpdateAsync(set => set.SetProperty(a => a.BannedUntil, until), Token);

        Assert.Null(await papers.Get<FeedSecrets>().AccountOfAsync(secret, FeedKind.Following, Token));
        papers.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(ada, await papers.Get<FeedSecrets>().AccountOfAsync(secret, FeedKind.Following, Token));
    }
}
