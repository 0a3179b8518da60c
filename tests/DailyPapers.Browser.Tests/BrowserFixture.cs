using System.Globalization;
using DailyPapers.Browser.Tests;
using DailyPapers.Community.Accounts;
using DailyPapers.TestSupport;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace DailyPapers.Browser.Tests;

/// <summary>One running service and one browser for all tests; each test opens a profile of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>A day that curators arrange.</summary>
    internal static readonly string DeskDay = DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private readonly Lazy<Task<string>> _signedIn;
    private readonly Lazy<Task<string>> _curator;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private int _profiles;

    public BrowserFixture()
    {
        _signedIn = new(() => SignInAsync("Ada Reader", "ada@example.org", AccountRole.Reader));
        _curator = new(() => SignInAsync("Cleo Curator", "cleo@example.org", AccountRole.Curator));
    }

    internal RunningService Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        if (SystemChromium.Find() is not { } executable)
            return;
        Service = await RunningService.StartAsync();
        await SampleContent.AddAsync(Service, CancellationToken.None);
        await DeskContent.AddAsync(Service, DateOnly.ParseExact(DeskDay, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            // The sandbox needs what containers and root don't have; the only pages opened are our own.
            Args = Environment.IsPrivilegedProcess ? [.. Arguments, "--no-sandbox"] : Arguments,
        });
    }

    /// <summary>A fresh profile, signed in when asked; skips the test where there is no browser.</summary>
    internal async Task<IBrowserContext> NewContextAsync(Action<BrowserNewContextOptions>? configure = null, bool signedIn = false, bool asCurator = false)
    {
        OptionalComponent.Require(_browser is not null, SystemChromium.Absence);
        var options = new BrowserNewContextOptions
        {
            BaseURL = Service.Address.ToString(),
            ViewportSize = new() { Width = 1280, Height = 800 },
            // An address of its own: limits on how often one visitor may do something are not what is tested here.
            ExtraHTTPHeaders = [new("X-Forwarded-For", $"10.8.0.{Interlocked.Increment(ref _profiles)}")],
            StorageState = asCurator ? await _curator.Value : signedIn ? await _signedIn.Value : null,
        };
        configure?.Invoke(options);
        var context = await _browser!.NewContextAsync(options);
        // Long enough for a machine that is busy with a build.
        context.SetDefaultTimeout(60_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (Service is not null)
            await Service.DisposeAsync();
    }

    private async Task<string> SignInAsync(string name, string email, AccountRole role)
    {
        await using var context = await NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Name shown to others").FillAsync(name);
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync(name);
        if (role is AccountRole.Reader)
            return await context.StorageStateAsync();

        using (var scope = Service.Get<IServiceScopeFactory>().CreateScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var account = (await accounts.FindByEmailAsync(email))!;
            account.Role = role;
            await accounts.UpdateAsync(account);
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Desk" })).ToBeVisibleAsync();
        return await context.StorageStateAsync();
    }
}
