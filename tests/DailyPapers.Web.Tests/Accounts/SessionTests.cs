using System.Net;
using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Web.Tests.Accounts;

public sealed class SessionTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _laptop = fixture.NewReader();
    private readonly Reader _phone = fixture.NewReader();

    public void Dispose()
    {
        _laptop.Dispose();
        _phone.Dispose();
    }

    [Fact]
    public async Task A_session_is_listed_with_its_device_and_can_be_ended_from_another()
    {
        var email = await _laptop.RegisterAsync();
        await SignInAsync(_phone, email, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1");

        var page = await _laptop.PageAsync("/account/sessions");
        Assert.Equal(["Safari on an iPhone", "An unknown device"], page.QuerySelectorAll(".rows strong").Select(name => name.TextContent));
        var form = Assert.Single(page.QuerySelectorAll(".rows form"));
        using var ended = await _laptop.SubmitAsync("/account/sessions", form.GetAttribute("action")!);

        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Null((await _phone.PageAsync("/about")).QuerySelector(".who"));
        Assert.NotNull((await _laptop.PageAsync("/about")).QuerySelector(".who"));
    }

    [Fact]
    public async Task A_session_of_somebody_else_cannot_be_ended()
    {
        await _laptop.RegisterAsync();
        await _phone.RegisterAsync();
        var token = TestContext.Current.CancellationToken;
        await using var db = await fixture.Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        var others = await db.AccountSessions.MaxAsync(s => s.Id, token);

        using var refused = await _laptop.SubmitAsync("/account", $"/account/sessions/{others}/end");

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.NotNull((await _phone.PageAsync("/about")).QuerySelector(".who"));
    }

    [Fact]
    public async Task Signing_out_everywhere_else_leaves_this_session()
    {
        var email = await _laptop.RegisterAsync();
        await SignInAsync(_phone, email);

        (await _laptop.SubmitAsync("/account/sessions", "/account/sessions/end-others")).Dispose();

        Assert.Null((await _phone.PageAsync("/about")).QuerySelector(".who"));
        Assert.NotNull((await _laptop.PageAsync("/about")).QuerySelector(".who"));
    }

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_signing_out()
    {
        await _laptop.RegisterAsync();
        var cookie = string.Join("; ", _laptop.Cookies.Select(c => $"{c.Name}={c.Value}"));
        (await _laptop.SubmitAsync("/about", "/account/sign-out")).Dispose();

        using var thief = fixture.NewReader();
        using var response = await thief.SendAsync(HttpMethod.Get, "/about", headers: ("Cookie", cookie));

        Assert.Null((await Reader.PageOfAsync(response)).QuerySelector(".who"));
    }

    [Fact]
    public async Task A_ban_and_a_new_password_end_sessions_at_once_and_a_ban_tells_why()
    {
        var email = await _laptop.RegisterAsync();
        var token = TestContext.Current.CancellationToken;
        await using var db = await fixture.Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        DateTimeOffset? until = DateTimeOffset.UtcNow.AddDays(2);
        await db.Users.Where(a => a.Email == email)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.BannedUntil, until).SetProperty(a => a.BanReason, "Advertising"), token);

        Assert.Null((await _laptop.PageAsync("/about")).QuerySelector(".who"));
        using var refused = await _phone.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Reader.Password));
        var page = await Reader.PageOfAsync(refused, HttpStatusCode.BadRequest);
        Assert.Contains("Advertising", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var wrong = await _phone.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", "some other words"));
        Assert.DoesNotContain("banned", await wrong.Content.ReadAsStringAsync(token), StringComparison.Ordinal);

        DateTimeOffset? over = DateTimeOffset.UtcNow.AddMinutes(-1);
        await db.Users.Where(a => a.Email == email).ExecuteUpdateAsync(set => set.SetProperty(a => a.BannedUntil, over), token);
        await SignInAsync(_phone, email);
        await using var scope = fixture.Service.Get<IServiceScopeFactory>().CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        await accounts.UpdateSecurityStampAsync((await accounts.FindByEmailAsync(email))!);
        Assert.Null((await _phone.PageAsync("/about")).QuerySelector(".who"));
    }

    private static async Task SignInAsync(Reader reader, string email, string? userAgent = null)
    {
        var page = await reader.PageAsync("/account/sign-in");
        using var response = await reader.SendAsync(
            HttpMethod.Post, "/account/sign-in",
            Reader.Form(("__RequestVerificationToken", Reader.Token(page)), ("email", email), ("password", Reader.Password)),
            userAgent is null ? [] : [("User-Agent", userAgent)]);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }
}
