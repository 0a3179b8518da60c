using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.SecondFactor;
using DailyPapers.Storage;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace DailyPapers.Browser.Tests;

/// <summary>Passkeys with the browser's own virtual authenticator, and the pages that only a form leads to.</summary>
public sealed class AccountTests(BrowserFixture fixture)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_passkey_is_added_signs_in_without_a_password_and_is_removed()
    {
        // WebAuthn wants a name, not an address of numbers.
        await using var context = await fixture.NewContextAsync(options => options.BaseURL = $"http://localhost:{fixture.Service.Address.Port}");
        var page = await context.NewPageAsync();
        await VirtualAuthenticator.AddAsync(context, page);
        await RegisterAsync(page, "passkey@example.org");

        await page.GotoAsync("/account/security");
        await page.GetByLabel("Name of the device").FillAsync("Test laptop");
        await page.Locator("#passkey-current").FillAsync("not the one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("form[data-passkey] [role=alert]")).ToContainTextAsync("current password");
        await page.Locator("#passkey-current").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status].done")).ToHaveTextAsync("The passkey is added.");
        await Assertions.Expect(page.Locator(".rows strong")).ToHaveTextAsync("Test laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await page.GotoAsync("/account/sign-in?return=%2Flab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/lab");
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync("Ada");
        await page.GotoAsync("/account/sessions");
        await Assertions.Expect(page.Locator(".rows")).ToContainTextAsync("with a passkey");

        await page.GotoAsync("/account/security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey Test laptop" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status].done")).ToHaveTextAsync("The passkey is removed.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey was not accepted")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    public async Task The_second_step_is_set_up_and_every_page_of_it_can_be_used_by_everybody(int width, ColorScheme scheme)
    {
        await using var context = await fixture.NewContextAsync(options =>
        {
            options.ViewportSize = new() { Width = width, Height = 800 };
            options.ColorScheme = scheme;
        });
        var page = await context.NewPageAsync();
        var email = $"step-{width}@example.org";
        await RegisterAsync(page, email);
        await page.GotoAsync("/account/security");
        await page.Locator("#on-current").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await CheckAsync(page, $"authenticator-{width}");
        var secret = (await page.Locator(".secret").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Code the app shows now").FillAsync(Totp.Code(FromBase32(secret), Totp.StepOf(DateTimeOffset.UtcNow)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await CheckAsync(page, $"recovery-codes-{width}");
        var code = await page.Locator(".codes li").First.InnerTextAsync();
        await page.GotoAsync("/account/security");
        await CheckAsync(page, $"security-on-{width}");

        await context.ClearCookiesAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await CheckAsync(page, $"second-step-{width}");
        await page.GetByLabel("Code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync("Ada");
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    public async Task The_pages_of_administrators_can_be_used_by_everybody(int width, ColorScheme scheme)
    {
        await using var context = await fixture.NewContextAsync(options =>
        {
            options.ViewportSize = new() { Width = width, Height = 800 };
            options.ColorScheme = scheme;
        });
        var page = await context.NewPageAsync();
        var email = $"administrator-{width}@example.org";
        await RegisterAsync(page, email);
        await using (var db = await fixture.Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            var id = await db.Users.Where(a => a.Email == email).Select(a => a.Id).SingleAsync(TestContext.Current.CancellationToken);
            await fixture.Service.Get<AccountDirectory>().SetRoleAsync(id, AccountRole.Administrator, actorId: null, TestContext.Current.CancellationToken);
        }
        await page.GotoAsync("/admin/accounts?q=example");
        await CheckAsync(page, $"admin-accounts-{width}");
        await page.GotoAsync("/account/invitations");
        await page.GetByLabel("For whom").FillAsync("Grace from the lab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        await CheckAsync(page, $"invitation-made-{width}");
        var link = new Uri(await page.Locator(".secret").InnerTextAsync()).PathAndQuery;
        await context.ClearCookiesAsync();
        await page.GotoAsync(link);
        await CheckAsync(page, $"invited-{width}");
    }

    private static async Task CheckAsync(IPage page, string name)
    {
        await Screenshot.TakeAsync(page, "account-" + name);
        var findings = await page.RunAxe();
        Assert.Empty(findings.Violations.Select(violation => $"{name} {violation.Id}: {violation.Help} {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{name} scrolls sideways.");
    }

    private static async Task RegisterAsync(IPage page, string email)
    {
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Name shown to others").FillAsync("Ada");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync("Ada");
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
