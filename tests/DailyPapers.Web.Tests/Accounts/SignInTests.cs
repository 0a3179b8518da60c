using System.Net;
using DailyPapers.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DailyPapers.Web.Tests.Accounts;

public sealed class SignInTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_new_account_signs_in_out_and_in_again()
    {
        var email = await _reader.RegisterAsync("Grace Reader");
        Assert.Equal("Grace Reader", (await _reader.PageAsync("/")).QuerySelector(".who")!.TextContent);

        using var signedOut = await _reader.SubmitAsync("/about", "/account/sign-out");
        Assert.Equal("/", signedOut.Headers.Location?.ToString());
        Assert.Null((await _reader.PageAsync("/")).QuerySelector(".who"));

        using var signedIn = await _reader.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email.ToUpperInvariant()), ("password", Reader.Password));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Equal("Grace Reader", (await _reader.PageAsync("/")).QuerySelector(".who")!.TextContent);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var email = await _reader.RegisterAsync();
        using var stranger = fixture.NewReader();

        using var wrong = await stranger.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", "not the password"));
        using var unknown = await stranger.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", "nobody@example.org"), ("password", "not the password"));

        var answers = new List<string>();
        foreach (var response in (HttpResponseMessage[])[wrong, unknown])
        {
            var page = await Reader.PageOfAsync(response, HttpStatusCode.BadRequest);
            Assert.NotEqual("", page.QuerySelector("#email")!.GetAttribute("value"));
            Assert.False(page.QuerySelector("#password")!.HasAttribute("value"));
            page.QuerySelector("#email")!.RemoveAttribute("value");
            foreach (var token in page.QuerySelectorAll("input[name=__RequestVerificationToken]"))
                token.RemoveAttribute("value");
            answers.Add(page.DocumentElement.OuterHtml);
        }
        Assert.Equal(answers[0], answers[1]);
        Assert.DoesNotContain(stranger.Cookies, cookie => cookie.Name == "papers.session");
    }

    [Theory]
    [InlineData("/papers/trending", "/papers/trending")]
    [InlineData("/search?q=a%20b#hit", "/search?q=a%20b#hit")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\n/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("evil.example", "/")]
    [InlineData(" /", "/")]
    [InlineData("~/x", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_returns_to_this_site_only(string back, string expected)
    {
        var email = await _reader.RegisterAsync();
        using var again = fixture.NewReader();
        var form = await again.PageAsync("/account/sign-in?return=" + Uri.EscapeDataString(back));
        // A browser drops line breaks from the value of a hidden field no more than it drops them from an address.
        using var response = await again.PostAsync(
            "/account/sign-in",
            ("__RequestVerificationToken", Reader.Token(form)), ("return", back), ("email", email), ("password", Reader.Password));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_address_to_return_to_survives_a_detour_over_registering()
    {
        var signIn = await _reader.PageAsync("/account/sign-in?return=%2Fpapers%2F2508.06601");
        var register = await _reader.PageAsync(signIn.QuerySelector("main a")!.GetAttribute("href")!);
        Assert.Equal("/papers/2508.06601", register.QuerySelector("input[name=return]")!.GetAttribute("value"));
        Assert.Equal("/account/sign-in?return=%2Fpapers%2F2508.06601", register.QuerySelector("main p a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("", "Ada", "long enough 1", "e-mail")]
    [InlineData("not-an-address", "Ada", "long enough 1", "e-mail")]
    [InlineData("a@b@example.org", "Ada", "long enough 1", "e-mail")]
    [InlineData("a@example.org\nBcc: b@example.org", "Ada", "long enough 1", "e-mail")]
    [InlineData("ada@example.org", "", "long enough 1", "name")]
    [InlineData("ada@example.org", "   ", "long enough 1", "name")]
    [InlineData("ada@example.org", "Ada", "short", "10 characters")]
    [InlineData("ada@example.org", "Ada", "", "password")]
    [InlineData("ada@example.org", "Ada", "aaaaaaaaaaaaaaa", "different")]
    public async Task A_registration_that_cannot_be_is_refused_by_field(string email, string name, string password, string reason)
    {
        using var response = await _reader.SubmitAsync("/account/register", "/account/register", ("email", email), ("name", name), ("password", password));

        var page = await Reader.PageOfAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(reason, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_reader.Cookies, cookie => cookie.Name == "papers.session");
    }

    [Theory]
    [InlineData("o'brien+papers@example.org")]
    [InlineData("jürgen@exämple.org")]
    [InlineData("weird!#$%&*/=?^`{|}~@example.org")]
    public async Task Every_kind_of_address_may_register(string address)
    {
        using var response = await _reader.SubmitAsync(
            "/account/register", "/account/register", ("email", $"{Guid.NewGuid():N}{address}"), ("name", "Ada"), ("password", Reader.Password));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    [Fact]
    public async Task An_address_registers_once_and_the_refusal_is_one_sentence()
    {
        var email = await _reader.RegisterAsync();
        using var second = fixture.NewReader();

        using var response = await second.SubmitAsync(
            "/account/register", "/account/register", ("email", email.ToUpperInvariant()), ("name", "Another"), ("password", Reader.Password));

        var problem = (await Reader.PageOfAsync(response, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent;
        Assert.Single(problem.Split("has an account").Skip(1));
    }

    [Fact]
    public async Task Eight_wrong_passwords_lock_the_account_for_a_while()
    {
        var email = await _reader.RegisterAsync();
        using var guesser = fixture.NewReader();
        for (var i = 0; i < 8; i++)
            (await guesser.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", $"wrong guess {i}"))).Dispose();

        using var owner = fixture.NewReader();
        using var response = await owner.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Reader.Password));

        var page = await Reader.PageOfAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("too many attempts", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_after_thirty_days_without_a_visit()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await RunningService.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        using var reader = ServiceFixture.NewReader(service);
        await reader.RegisterAsync();

        time.AdjustTime(time.GetUtcNow().AddDays(29));
        Assert.NotNull((await reader.PageAsync("/about")).QuerySelector(".who"));
        time.AdjustTime(time.GetUtcNow().AddDays(29));
        Assert.NotNull((await reader.PageAsync("/about")).QuerySelector(".who"));
        time.AdjustTime(time.GetUtcNow().AddDays(31));
        Assert.Null((await reader.PageAsync("/about")).QuerySelector(".who"));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("chunks-2")]
    [InlineData("CfDJ8AAAA")]
    public async Task A_broken_session_is_an_anonymous_visit(string value)
    {
        using var response = await _reader.SendAsync(HttpMethod.Get, "/", headers: ("Cookie", $"papers.session={value}; papers.form={value}"));

        var page = await Reader.PageOfAsync(response);
        Assert.Null(page.QuerySelector(".who"));
        Assert.Equal(61, page.QuerySelectorAll("article.card").Length);
    }
}
