using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.SecondFactor;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community.Accounts;

public class AuthenticatorTests
{
    [Fact]
    public async Task Of_many_uses_of_one_code_at_once_one_succeeds()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var (account, key) = await EnableAsync(papers);
        papers.Time.Advance(TimeSpan.FromMinutes(1));
        var code = Totp.Code(key, Totp.StepOf(papers.Time.GetUtcNow()));
        var authenticator = papers.Get<Authenticator>();

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => authenticator.VerifyAsync(account, code, token), token)));

        Assert.Single(verdicts, verdict => verdict is CodeVerdict.Code);
        Assert.Equal(11, verdicts.Count(verdict => verdict is CodeVerdict.Wrong));
    }

    [Fact]
    public async Task The_stored_secret_is_not_the_secret_and_codes_are_not_stored()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (account, key) = await EnableAsync(papers);
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var stored = (await db.Users.SingleAsync(a => a.Id == account, TestContext.Current.CancellationToken)).AuthenticatorKey!;
        Assert.Equal(-1, stored.AsSpan().IndexOf(key));
        Assert.Equal(Authenticator.RecoveryCodes, await db.RecoveryCodes.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_offer_is_for_its_account_only()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var authenticator = papers.Get<Authenticator>();
        var offer = authenticator.Offer(1);
        Assert.Equal(offer, authenticator.Read(1, offer.Sealed));
        Assert.Null(authenticator.Read(2, offer.Sealed));
        foreach (var broken in (string?[])[null, "", "garbage", offer.Sealed[..^8], new string('A', 4000)])
            Assert.Null(authenticator.Read(1, broken));
    }

    private static async Task<(long Account, byte[] Key)> EnableAsync(TemporaryPapers papers)
    {
        var token = TestContext.Current.CancellationToken;
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        var account = new Account { DisplayName = "Ada", UserName = "ada@example.org", Email = "ada@example.org" };
        db.Users.Add(account);
        await db.SaveChangesAsync(token);
        var authenticator = papers.Get<Authenticator>();
        var offer = authenticator.Offer(account.Id);
        var key = Base32(offer.Secret);
        Assert.Null(await authenticator.EnableAsync(account.Id, offer.Sealed, "000000", token));
        Assert.NotNull(await authenticator.EnableAsync(account.Id, offer.Sealed, Totp.Code(key, Totp.StepOf(papers.Time.GetUtcNow())), token));
        return (account.Id, key);
    }

    private static byte[] Base32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
