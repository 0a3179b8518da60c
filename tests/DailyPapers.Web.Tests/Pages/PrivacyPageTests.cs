using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Pages;

public sealed class PrivacyPageTests
{
    [Fact]
    public async Task A_stranger_reads_on_a_private_site_who_runs_it_and_which_cookies_it_sets()
    {
        await using var service = await RunningService.StartAsync(
            settings: [new("Accounts:Private", "true"), new("Site:Contact", "The reading group, papers@example.org")]);
        using var reader = ServiceFixture.NewReader(service);
        var page = await reader.PageAsync("/privacy");
        Assert.Equal("The reading group, papers@example.org", page.QuerySelector(".contact")!.TextContent);

        // Whoever signs in finds no cookie in the browser that the page does not name.
        var named = page.QuerySelectorAll("dt code").Select(code => code.TextContent).ToHashSet();
        using var signIn = await reader.GetAsync("/account/sign-in");
        using var language = await reader.PostAsync("/language", ("language", "de"));
        var set = signIn.Headers.Concat(language.Headers).Where(header => header.Key == "Set-Cookie").SelectMany(header => header.Value).Select(cookie => cookie.Split('=')[0]).ToList();
        Assert.NotEmpty(set);
        Assert.All(set, cookie => Assert.Contains(cookie, named));
    }
}
