using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using DailyPapers.TestSupport;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Web.Tests.Curation;

/// <summary>People and papers for tests of submissions and of the desk.</summary>
internal static class CurationReaders
{
    /// <summary>Makes an account with a role and signs in with it.</summary>
    public static async Task SignInAsAsync(this Reader reader, RunningService service, AccountRole role)
    {
        var email = await reader.RegisterAsync(role.ToString());
        using (var scope = service.Get<IServiceScopeFactory>().CreateScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var account = (await accounts.FindByEmailAsync(email))!;
            account.Role = role;
            Assert.True((await accounts.UpdateAsync(account)).Succeeded);
        }
        (await reader.SubmitAsync("/about", "/account/sign-out")).Dispose();
        (await reader.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Reader.Password))).Dispose();
    }

    /// <summary>Papers of today.</summary>
    public static async Task<IReadOnlyList<Paper>> AddPapersAsync(this RunningService service, params string[] titles)
    {
        var stored = await service.Get<PaperIntake>().StoreAsync(
            [
                .. titles.Select(title => new PaperRecord
                {
                    Source = "jsonl",
                    Title = title,
                    Abstract = "About " + title + ".",
                    Authors = [new() { Name = "Ada Example" }],
                    Categories = ["cs.LG"],
                    Published = DateOnly.FromDateTime(DateTime.UtcNow),
                }),
            ],
            cancellationToken: TestContext.Current.CancellationToken);
        return stored.Papers;
    }
}
