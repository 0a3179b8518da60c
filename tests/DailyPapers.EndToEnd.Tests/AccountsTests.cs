using System.Net;
using System.Text.RegularExpressions;

namespace DailyPapers.EndToEnd.Tests;

public partial class AccountsTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task The_console_shows_the_link_for_the_first_administrator_until_there_is_one()
    {
        using var folder = new DataFolder();
        var (service, url) = await PapersProcess.ServeAsync(folder.Path);
        await using (service)
        {
            var link = await Eventually.Async(() => Task.FromResult(SetupLink().Match(service.Output) is { Success: true } found ? found.Value : null));
            Assert.StartsWith(url.ToString(), link, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync(new Uri(link), TestContext.Current.CancellationToken)).StatusCode);
            // The command line may make one instead; the link is dead from then on.
            await folder.AskAsync(async db =>
            {
                db.Users.Add(new() { DisplayName = "Root", UserName = "root@example.org", Email = "root@example.org", Role = Community.Accounts.AccountRole.Administrator });
                return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            });
            Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync(new Uri(link), TestContext.Current.CancellationToken)).StatusCode);
        }
        var (second, _) = await PapersProcess.ServeAsync(folder.Path);
        await using (second)
        {
            await Eventually.TrueAsync(() => Task.FromResult(second.Output.Contains("Application started", StringComparison.Ordinal)));
            Assert.DoesNotContain("/account/setup", second.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_command_line_invites_and_makes_lists_of_refused_passwords()
    {
        using var folder = new DataFolder();
        var (code, output) = await PapersProcess.RunAsync(folder.Path, null, "users", "invite", "Grace");
        Assert.True(code == 0, output);
        Assert.Matches("^http://localhost:5000/account/register\\?invitation=[A-Za-z0-9_-]{24}$", output.Trim());

        await File.WriteAllLinesAsync(folder.File("words.txt"), ["swordfish", "SwordFish", "letmein", "ab"], TestContext.Current.CancellationToken);
        var (made, said) = await PapersProcess.RunAsync(folder.Path, null, "users", "common-passwords", folder.File("words.txt"), folder.File("list"));
        Assert.True(made == 0, said);
        Assert.Contains("2 passwords", said, StringComparison.Ordinal);
        var settings = new Dictionary<string, string?> { ["Accounts:CommonPasswords"] = folder.File("words.txt") };
        var (refused, why) = await PapersProcess.RunAsync(folder.Path, settings, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, refused);
        Assert.Contains("papers users common-passwords", why, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http://\S+/account/setup\?token=\S+")]
    private static partial Regex SetupLink();
}
