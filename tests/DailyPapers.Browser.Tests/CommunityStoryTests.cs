using System.Text.Json;
using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>A site from its first start to the departure of a member, on a service of its own.</summary>
public sealed class CommunityStoryTests(BrowserFixture fixture)
{
    private const string Password = "correct horse battery";
    private const string Paper = "/papers/" + SampleContent.PaperWithoutReproduction;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_comes_by_invitation_is_moderated_sees_why_and_leaves_without_a_trace_in_the_counts()
    {
        OptionalComponent.Require(SystemChromium.Find() is not null, SystemChromium.Absence);
        await using var service = await RunningService.StartAsync(settings: [new("Accounts:SignUp", "Invitation")]);
        await SampleContent.AddAsync(service, Token);
        // WebAuthn wants a name, not an address of numbers.
        var address = $"http://localhost:{service.Address.Port}";
        await using var administrators = await fixture.NewContextAsync(options => options.BaseURL = address);
        await using var members = await fixture.NewContextAsync(options => options.BaseURL = address);
        var (root, grace) = (await administrators.NewPageAsync(), await members.NewPageAsync());
        await VirtualAuthenticator.AddAsync(members, grace);

        await root.GotoAsync((await service.Get<FirstAdministrator>().InviteAsync(Token))!);
        await FillInAsync(root, "Root", "root@example.org", "Make the administrator");
        await root.GotoAsync("/account/invitations");
        await root.GetByLabel("For whom").FillAsync("Grace");
        await root.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var invitation = new Uri(await root.Locator(".secret").InnerTextAsync()).PathAndQuery;

        await grace.GotoAsync(invitation);
        await FillInAsync(grace, "Grace", "grace@example.org", "Make the account");
        await grace.GotoAsync("/account/security");
        await grace.GetByLabel("Name of the device").FillAsync("Laptop");
        await grace.Locator("#passkey-current").FillAsync(Password);
        await grace.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(grace.Locator("[role=status].done")).ToHaveTextAsync("The passkey is added.");
        await grace.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await grace.GotoAsync("/account/sign-in?return=" + Uri.EscapeDataString(Paper));
        await grace.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await grace.WaitForURLAsync("**" + Paper);

        var before = await CountsAsync(service);
        await grace.Locator(".vote[aria-pressed=false]").First.ClickAsync();
        await Assertions.Expect(grace.Locator(".vote[aria-pressed=true]").First).ToBeVisibleAsync();
        await grace.GetByLabel("Add a comment").FillAsync("This is **nonsense**, for $x^2 \\geq 0$.");
        await grace.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        var comment = grace.Locator(".comment").First;
        await Assertions.Expect(comment.Locator(".comment-text strong")).ToHaveTextAsync("nonsense");
        await Assertions.Expect(comment.Locator(".comment-text math")).ToHaveCountAsync(1);
        Assert.Equal((before.Upvotes + 1, before.Comments + 1), await CountsAsync(service));

        await root.GotoAsync(Paper);
        await root.GetByRole(AriaRole.Link, new() { Name = "Moderate", Exact = true }).ClickAsync();
        await root.GetByPlaceholder("Reason, for everybody to read").FillAsync("Be kind");
        await root.GetByRole(AriaRole.Button, new() { Name = "Hide: comment" }).ClickAsync();
        await Assertions.Expect(root.Locator("h1")).ToBeVisibleAsync();
        Assert.Equal((before.Upvotes + 1, before.Comments), await CountsAsync(service));

        await grace.GotoAsync("/");
        await Assertions.Expect(grace.Locator(".bell")).ToHaveAttributeAsync("aria-label", "Notifications, 1 unread");
        await grace.Locator(".bell").ClickAsync();
        await Assertions.Expect(grace.Locator(".notifications")).ToContainTextAsync("Your comment was hidden by a curator: Be kind");
        await grace.GotoAsync("/moderation/log");
        await Assertions.Expect(grace.Locator(".log li").First).ToContainTextAsync("Be kind");

        await grace.GotoAsync("/account");
        var download = await grace.RunAndWaitForDownloadAsync(() => grace.GetByText("Download your data").ClickAsync());
        await using (var file = await download.CreateReadStreamAsync())
        {
            using var exported = await JsonDocument.ParseAsync(file, cancellationToken: Token);
            Assert.Contains("nonsense", exported.RootElement.ToString(), StringComparison.Ordinal);
        }
        await grace.Locator("#delete-current").FillAsync(Password);
        await grace.GetByRole(AriaRole.Button, new() { Name = "Delete the account" }).ClickAsync();
        await Assertions.Expect(grace.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).First).ToBeVisibleAsync();

        Assert.Equal(before, await CountsAsync(service));
        await using var db = await service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        Assert.Equal(["Root"], await db.Users.Select(a => a.DisplayName).ToListAsync(Token));
        var done = await db.AuditEntries.OrderBy(e => e.Id).Select(e => e.Action).ToListAsync(Token);
        Assert.Equal(["account.create", "invitation.create", "account.create", "account.passkey.add", "comment.post", "comment.hide", "account.delete"], done.Where(action => !action.StartsWith("edition.", StringComparison.Ordinal)));
    }

    private static async Task FillInAsync(IPage page, string name, string email, string button)
    {
        await page.GetByLabel("Name shown to others").FillAsync(name);
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync(name);
    }

    private static async Task<(int Upvotes, int Comments)> CountsAsync(RunningService service)
    {
        var paper = (await service.Get<PaperReader>().FindAsync(SampleContent.PaperWithoutReproduction, Token))!;
        return (paper.Upvotes, paper.Comments);
    }
}
