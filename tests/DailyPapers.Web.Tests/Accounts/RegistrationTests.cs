using System.Net;
using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DailyPapers.Web.Tests.Accounts;

public sealed class RegistrationTests
{
    private const string Register = "/account/register";

    [Fact]
    public async Task Where_addresses_are_confirmed_the_account_begins_with_the_link_and_only_the_mail_tells_who_has_one()
    {
        await using var service = await StartAsync(options => options.ConfirmAddresses = true);
        using var reader = ServiceFixture.NewReader(service);
        Assert.Null((await reader.PageAsync(Register)).QuerySelector("#password"));

        var first = await AnswerAsync(reader, "ada@example.org");
        Assert.False(await AnyAccountAsync(service));
        var link = Mailbox.Link(service, "ada@example.org", "/account/register/complete");
        using var weak = await reader.SubmitAsync(link, "/account/register/complete", ("token", Token(link)), ("password", "ada example 1"));
        Assert.Contains("your name", (await Reader.PageOfAsync(weak, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var made = await reader.SubmitAsync(link, "/account/register/complete", ("token", Token(link)), ("password", Reader.Password));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal("Ada", (await reader.PageAsync("/about")).QuerySelector(".who")!.TextContent);
        using var used = await reader.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, used.StatusCode);

        using var stranger = ServiceFixture.NewReader(service);
        Assert.Equal(first, await AnswerAsync(stranger, "ADA@example.org"));
        Assert.Equal(first, await AnswerAsync(stranger, "grace@example.org"));
        Assert.Single(Mailbox.Of(service, "ada@example.org"), mail => mail.TextBody!.Contains("wanted to make an account", StringComparison.Ordinal));
        Assert.Contains("/account/register/complete", Assert.Single(Mailbox.Of(service, "grace@example.org")).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_is_not_filled_and_a_link_ends_after_a_day()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await StartAsync(options => options.ConfirmAddresses = true, time);
        using var reader = ServiceFixture.NewReader(service);
        for (var i = 0; i < 6; i++)
        {
            await AnswerAsync(reader, "ada@example.org");
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(3, Mailbox.Of(service, "ada@example.org").Count);

        var link = Mailbox.Link(service, "ada@example.org", "/account/register/complete");
        time.Advance(TimeSpan.FromHours(23));
        await reader.PageAsync(link);
        time.Advance(TimeSpan.FromHours(2));
        await reader.PageAsync(link, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task By_invitation_only_a_link_makes_one_account_and_the_tree_shows_who_came_by_whom()
    {
        await using var service = await StartAsync(options => options.SignUp = SignUpMode.Invitation);
        using var administrator = ServiceFixture.NewReader(service);
        await SetUpAsync(service, administrator);
        using var reader = ServiceFixture.NewReader(service);
        await reader.PageAsync(Register, HttpStatusCode.NotFound);
        using var closed = await reader.SubmitAsync("/account/sign-in", Register, ("email", "eve@example.org"), ("name", "Eve"), ("password", Reader.Password));
        Assert.Contains("by invitation", (await Reader.PageOfAsync(closed, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        var link = await InviteAsync(administrator, "Grace from the lab");
        using var made = await reader.SubmitAsync(
            link, Register, ("invitation", link.Split('=')[1]), ("email", "grace@example.org"), ("name", "Grace"), ("password", Reader.Password));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        using var second = ServiceFixture.NewReader(service);
        await second.PageAsync(link, HttpStatusCode.NotFound);

        Assert.Contains("Accepted", (await administrator.PageAsync("/account/invitations")).QuerySelector(".rows")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["depth-0 Root", "depth-1 Grace"],
            (await administrator.PageAsync("/admin/invitations")).QuerySelectorAll(".tree li").Select(li => $"{li.ClassName} {li.QuerySelector("a")!.TextContent}"));
        // A new account has no invitation to give.
        Assert.Null((await reader.PageAsync("/account/invitations")).QuerySelector("#note"));
        using var none = await reader.SubmitAsync("/account", "/account/invitations", ("note", "Eve"));
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_invitation_cannot_be_withdrawn_and_a_withdrawn_one_is_dead()
    {
        await using var service = await StartAsync(options => options.Trust.InvitationsNew = 2);
        using var one = ServiceFixture.NewReader(service);
        using var other = ServiceFixture.NewReader(service);
        await one.RegisterAsync();
        await other.RegisterAsync();
        var link = await InviteAsync(one, "Grace");
        var action = (await one.PageAsync("/account/invitations")).QuerySelector(".rows form")!.GetAttribute("action")!;

        using var refused = await other.SubmitAsync("/account", action);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        await other.PageAsync(link);
        (await one.SubmitAsync("/account", action)).Dispose();
        await other.PageAsync(link, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Where_domains_decide_others_need_an_invitation()
    {
        await using var service = await StartAsync(options =>
        {
            options.SignUp = SignUpMode.Domains;
            options.Domains.Add("lab.example.org");
        });
        using var reader = ServiceFixture.NewReader(service);

        await AnswerAsync(reader, "ada@LAB.example.org");
        Assert.Single(Mailbox.Of(service, "ada@lab.example.org"));
        foreach (var address in (string[])["ada@example.org", "ada@evil.lab.example.org", "ada@lab.example.org.evil.example"])
        {
            using var refused = await reader.SubmitAsync(Register, Register, ("email", address), ("name", "Ada"));
            Assert.Contains("lab.example.org", (await Reader.PageOfAsync(refused, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_link_on_the_console_makes_the_first_administrator_once()
    {
        await using var service = await StartAsync(_ => { });
        using var reader = ServiceFixture.NewReader(service);
        await reader.PageAsync("/account/setup", HttpStatusCode.NotFound);
        var link = await SetUpAsync(service, reader);

        await reader.PageAsync("/admin/accounts");
        await reader.PageAsync(link, HttpStatusCode.NotFound);
        Assert.Null(await service.Get<FirstAdministrator>().InviteAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        await using var service = await StartAsync(_ => { });
        using var root = ServiceFixture.NewReader(service);
        await SetUpAsync(service, root);
        using var deleted = await root.SubmitAsync("/account", "/account/delete", ("current", Reader.Password));
        Assert.Equal(HttpStatusCode.BadRequest, deleted.StatusCode);
        using var demoted = await root.SubmitAsync("/admin/accounts", "/admin/accounts/1/role", ("role", "Reader"));
        Assert.Contains("only administrator", (await Reader.PageOfAsync(demoted, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        using var other = ServiceFixture.NewReader(service);
        await other.RegisterAsync();
        (await root.SubmitAsync("/admin/accounts", "/admin/accounts/2/role", ("role", "Administrator"))).Dispose();
        await other.PageAsync("/admin/accounts");
        using var now = await root.SubmitAsync("/admin/accounts", "/admin/accounts/1/role", ("role", "Reader"));
        Assert.Equal(HttpStatusCode.Redirect, now.StatusCode);
        using var gone = await root.GetAsync("/admin/accounts");
        Assert.Equal(HttpStatusCode.Forbidden, gone.StatusCode);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_mail_and_nobody_learns_who_has_an_account()
    {
        await using var service = await StartAsync(_ => { });
        using var reader = ServiceFixture.NewReader(service);
        var email = await reader.RegisterAsync();
        using var locked = ServiceFixture.NewReader(service);
        for (var i = 0; i < 8; i++)
            (await locked.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", $"wrong guess {i}"))).Dispose();

        using var owner = ServiceFixture.NewReader(service);
        Assert.Equal(await ForgotAsync(owner, email), await ForgotAsync(owner, "nobody@example.org"));
        Assert.DoesNotContain("token=", Assert.Single(Mailbox.Of(service, "nobody@example.org")).TextBody, StringComparison.Ordinal);
        var link = Mailbox.Link(service, email, "/account/reset");
        using var done = await owner.SubmitAsync(link, "/account/reset", ("token", Token(link)), ("password", "purple anvil sunday"));

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Null((await reader.PageAsync("/about")).QuerySelector(".who"));
        using var signedIn = await owner.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", "purple anvil sunday"));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        await owner.PageAsync(link, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_private_site_shows_strangers_only_how_to_come_in()
    {
        await using var service = await StartAsync(options => options.Private = true);
        using var member = ServiceFixture.NewReader(service);
        await member.RegisterAsync();
        Assert.NotEmpty((await member.PageAsync("/")).QuerySelectorAll("article.card"));
        using var stranger = ServiceFixture.NewReader(service);

        foreach (var path in (string[])["/", "/papers/trending", "/papers/2508.06601", "/search?q=softmax", "/about", "/lab", "/no/such/page", "/search/feed.atom?q=a"])
        {
            using var response = await stranger.GetAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            Assert.StartsWith("/account/sign-in?return=", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
        using var api = await stranger.GetAsync("/api/search?q=softmax");
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        foreach (var path in (string[])["/healthz", "/robots.txt", "/favicon.ico", "/account/sign-in", "/account/register", "/account/forgot"])
        {
            using var response = await stranger.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        await stranger.PageAsync("/unsubscribe?token=none", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Trust_grows_with_age_and_activity_and_raises_the_rate_of_writes()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await StartAsync(options => options.Trust.RegularActivity = 1, time);
        using var reader = ServiceFixture.NewReader(service);
        await reader.RegisterAsync();
        var form = Reader.Token(await reader.PageAsync("/about"));
        (await reader.PostAsync("/papers/2508.06601/upvote", ("__RequestVerificationToken", form), ("wanted", "true"))).Dispose();

        Assert.Contains("New", (await reader.PageAsync("/account")).QuerySelector(".account-facts")!.TextContent, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromDays(3));
        await reader.PageAsync("/account");
        Assert.Contains("Regular", (await reader.PageAsync("/account")).QuerySelector(".account-facts")!.TextContent, StringComparison.Ordinal);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 125; i++)
        {
            using var response = await reader.PostAsync("/account/searches/1/remove");
            statuses.Add(response.StatusCode);
        }
        Assert.Equal(120, statuses.Count(status => status is HttpStatusCode.BadRequest));
    }

    private static Task<RunningService> StartAsync(Action<AccountOptions> configure, TimeProvider? time = null) => RunningService.StartAsync(services =>
    {
        services.Configure(configure);
        if (time is not null)
            services.AddSingleton(time);
    });

    private static async Task<string> SetUpAsync(RunningService service, Reader reader)
    {
        var link = (await service.Get<FirstAdministrator>().InviteAsync(TestContext.Current.CancellationToken))!;
        using var made = await reader.SubmitAsync(
            link, "/account/setup", ("token", Token(link)), ("email", "root@example.org"), ("name", "Root"), ("password", Reader.Password));
        Assert.Equal("/account", made.Headers.Location?.OriginalString);
        return link;
    }

    private static async Task<string> InviteAsync(Reader reader, string note)
    {
        using var invited = await reader.SubmitAsync("/account/invitations", "/account/invitations", ("note", note));
        return new Uri((await Reader.PageOfAsync(invited)).QuerySelector(".secret")!.TextContent).PathAndQuery;
    }

    private static async Task<string> AnswerAsync(Reader reader, string email)
    {
        using var response = await reader.SubmitAsync(Register, Register, ("email", email), ("name", "Ada"));
        return (await Reader.PageOfAsync(response)).QuerySelector("main")!.InnerHtml;
    }

    private static async Task<string> ForgotAsync(Reader reader, string email)
    {
        using var response = await reader.SubmitAsync("/account/forgot", "/account/forgot", ("email", email));
        return (await Reader.PageOfAsync(response)).QuerySelector("main")!.InnerHtml;
    }

    private static async Task<bool> AnyAccountAsync(RunningService service)
    {
        await using var db = await service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Users.AnyAsync(TestContext.Current.CancellationToken);
    }

    private static string Token(string link) => link.Split("token=")[1];
}
