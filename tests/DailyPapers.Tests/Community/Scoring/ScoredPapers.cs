using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community.Scoring;

/// <summary>What tests of scores and editions put into a database.</summary>
internal static class ScoredPapers
{
    public static async Task<PapersDb> OpenAsync(this TemporaryPapers papers) =>
        await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    /// <summary>Papers published on 13 August 2025, the day before the clock stands at.</summary>
    public static async Task<IReadOnlyList<long>> AddPapersAsync(this TemporaryPapers papers, params string[] titles)
    {
        var stored = await papers.Get<PaperIntake>().StoreAsync(
            [.. titles.Select(title => new PaperRecord { Source = "jsonl", Title = title, Abstract = "About " + title + ".", Published = new DateOnly(2025, 8, 13) })],
            cancellationToken: TestContext.Current.CancellationToken);
        return [.. stored.Papers.Select(p => p.Id)];
    }

    public static async Task<IReadOnlyList<long>> AddAccountsAsync(this TemporaryPapers papers, int count, TimeSpan age, TimeSpan apart, AccountRole role = AccountRole.Reader)
    {
        await using var db = await papers.OpenAsync();
        var made = papers.Time.GetUtcNow() - age;
        var accounts = Enumerable.Range(0, count)
            .Select(i => new Account { DisplayName = $"Person {i}", UserName = $"{Guid.NewGuid():N}@example.org", CreatedAt = made - (i * apart), Role = role })
            .ToList();
        db.AddRange(accounts);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return accounts.ConvertAll(a => a.Id);
    }
}
