using System.Globalization;
using DailyPapers.Browser.Tests;
using DailyPapers.TestSupport;
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
    private readonly Lazy<Task<string>> _administrator;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private int _profiles;

    public BrowserFixture()
    {
        _signedIn = new(RegisterAsync);
        _administrator = new(SignInAsync);
    }

    internal RunningService Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        if (SystemChromium.Find() is not { } executable)
            return;
        Service = await RunningService.StartAsync();
        await SampleContent.AddAsync(Service, CancellationToken.None);
        await SampleDiscussion.AddAsync(Service, CancellationToken.None);
        await SampleLibrary.AddAsync(Service, CancellationToken.None);
        await DeskContent.AddAsync(Service, DateOnly.ParseExact(DeskDay, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        await LabContent.AddAsync(Service);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            // The sandbox needs what containers and root don't have; the only pages opened are our own.
            Args = Environment.IsPrivilegedProcess ? [.. Arguments, "--no-sandbox"] : Arguments,
        });
    }

    /// <summary>A fresh profile, signed in as a reader or as the administrator when asked; skips the test where there is no browser.</summary>
    internal async Task<IBrowserContext> NewContextAsync(Action<BrowserNewContextOptions>? configure = null, bool signedIn = false, bool administers = false)
    {
        OptionalComponent.Require(_browser is not null, SystemChromium.Absence);
        var options = new BrowserNewContextOptions
        {
            BaseURL = Service.Address.ToString(),
            ViewportSize = new() { Width = 1280, Height = 800 },
            // An address of its own: limits on how often one visitor may do something are not what is tested here.
            ExtraHTTPHeaders = [new("X-Forwarded-For", $"10.8.0.{Interlocked.Increment(ref _profiles)}")],
            StorageState = administers ? await _administrator.Value : signedIn ? await _signedIn.Value : null,
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

    private async Task<string> SignInAsync()
    {
        await using var context = await NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(SampleDiscussion.AdministratorEmail);
        await page.GetByLabel("Password").FillAsync(SampleDiscussion.Password);
        await page.Locator(".form-page").GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync("Root");
        return await context.StorageStateAsync();
    }

    private async Task<string> RegisterAsync()
    {
        await using var context = await NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Name shown to others").FillAsync("Ada Reader");
        await page.GetByLabel("E-mail address").FillAsync("ada@example.org");
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync("Ada Reader");
        await SampleDiscussion.MentionAsync(Service, "ada-reader", CancellationToken.None);
        await SampleLibrary.AddOfAsync(Service, "ada@example.org", CancellationToken.None);
        return await context.StorageStateAsync();
    }
}
