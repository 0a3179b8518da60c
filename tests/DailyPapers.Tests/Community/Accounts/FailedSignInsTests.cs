using DailyPapers.Community.Accounts;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community.Accounts;

public class FailedSignInsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_failure_counts_also_of_many_at_the_same_time_and_the_eighth_locks()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var (ada, bo) = (await papers.PersonAsync("Ada"), await papers.PersonAsync("Bo"));
        var failures = papers.Get<FailedSignIns>();

        await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => Task.Run(() => failures.CountAsync(ada.Id, Token), Token)));
        Assert.Equal((7, null), await StateAsync(papers, ada));
        await failures.CountAsync(ada.Id, Token);
        Assert.Equal((0, papers.Time.GetUtcNow().AddMinutes(10)), await StateAsync(papers, ada));
        Assert.Equal((0, null), await StateAsync(papers, bo));
    }

    [Fact]
    public async Task A_failure_of_nobody_changes_nobody()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.Get<FailedSignIns>().CountAsync(null, Token);
        var ada = await papers.PersonAsync("Ada");
        for (var i = 0; i < 9; i++)
            await papers.Get<FailedSignIns>().CountAsync(null, Token);
        Assert.Equal((0, null), await StateAsync(papers, ada));
    }

    private static async Task<(int Failures, DateTimeOffset? Until)> StateAsync(TemporaryPapers papers, Account account)
    {
        await using var db = await papers.DbAsync();
        var now = await db.Users.AsNoTracking().SingleAsync(a => a.Id == account.Id, Token);
        return (now.AccessFailedCount, now.LockoutEnd);
    }
}
