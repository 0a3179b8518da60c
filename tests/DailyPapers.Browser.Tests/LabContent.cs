using DailyPapers.Lab.Contract;
using DailyPapers.Reproductions.Requests;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Browser.Tests;

/// <summary>What the lab has for the tests: a run that the administrator asked for and nothing computes.</summary>
internal static class LabContent
{
    public const string Slug = "benign-overfitting-xor";

    public static async Task AddAsync(RunningService service)
    {
        await using var db = await service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync();
        var administrator = await db.Users.SingleAsync(account => account.Email == SampleDiscussion.AdministratorEmail);
        var parameters = new Dictionary<string, string> { ["n"] = "50" };
        var (id, problems) = await service.Get<LabQueue>().RequestAsync(administrator.Id, Slug, RunMode.Quick, parameters, CancellationToken.None);
        if (id is not 1)
            throw new InvalidOperationException($"The sample run was not taken: {string.Join(" ", problems)}");
    }
}
