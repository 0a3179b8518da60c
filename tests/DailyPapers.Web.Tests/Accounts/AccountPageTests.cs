using System.Net;
using System.Text.Json;
using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DailyPapers.Web.Tests.Accounts;

public sealed class AccountPageTests(ServiceFixture fixture) : IDisposable
{
    private const string Another = "purple anvil sunday";
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_new_name_shows_at_once()
    {
        await _reader.RegisterAsync("Ada");
        (await _reader.SubmitAsync("/account", "/account/name", ("name", "  Ada Lovelace "))).Dispose();
        Assert.Equal("Ada Lovelace", (await _reader.PageAsync("/account?done=name")).QuerySelector(".who")!.TextContent);

        using var refused = await _reader.SubmitAsync("/account", "/account/name", ("name", " "));
        Assert.Contains("name", await AlertAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_changes_for_who_knows_it_and_ends_the_other_sessions()
    {
        var email = await _reader.RegisterAsync();
        using var other = fixture.NewReader();
        (await other.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Reader.Password))).Dispose();

        using var refused = await _reader.SubmitAsync("/account", "/account/password", ("current", "not the one"), ("password", Another));
        Assert.Contains("current password", await AlertAsync(refused), StringComparison.Ordinal);
        using var weak = await _reader.SubmitAsync("/account", "/account/password", ("current", Reader.Password), ("password", "Password2024!"));
        Assert.Contains("tried first", await AlertAsync(weak), StringComparison.Ordinal);
        using var changed = await _reader.SubmitAsync("/account", "/account/password", ("current", Reader.Password), ("password", Another));

        Assert.Equal("/account?done=password", changed.Headers.Location?.OriginalString);
        Assert.NotNull((await _reader.PageAsync("/about")).QuerySelector(".who"));
        Assert.Null((await other.PageAsync("/about")).QuerySelector(".who"));
        using var old = await other.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Reader.Password));
        Assert.Equal(HttpStatusCode.BadRequest, old.StatusCode);
        using var now = await other.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Another));
        Assert.Equal(HttpStatusCode.Redirect, now.StatusCode);
    }

    [Fact]
    public async Task The_address_moves_when_the_link_sent_to_the_new_one_is_opened()
    {
        var email = await _reader.RegisterAsync();
        var wanted = $"new-{Guid.NewGuid():N}@example.org";

        using var refused = await _reader.SubmitAsync("/account", "/account/email", ("email", wanted), ("current", "not the one"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        (await _reader.SubmitAsync("/account", "/account/email", ("email", wanted), ("current", Reader.Password))).Dispose();
        var link = Mailbox.Link(fixture.Service, wanted, "/account/email/confirm");
        using var anywhere = fixture.NewReader();
        Assert.Contains(wanted, (await anywhere.PageAsync(link)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var confirmed = await anywhere.SubmitAsync(link, "/account/email/confirm", ("token", link.Split("token=")[1]));

        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        Assert.Contains(wanted, Assert.Single(Mailbox.Of(fixture.Service, email)).TextBody, StringComparison.Ordinal);
        using var signedIn = await anywhere.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", wanted), ("password", Reader.Password));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        using var again = await anywhere.SendAsync(HttpMethod.Get, link);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task The_export_holds_every_part_and_no_secret()
    {
        var email = await _reader.RegisterAsync("Ada");
        (await _reader.SubmitAsync("/about", $"/papers/{SampleContent.PaperWithReproduction}/upvote", ("wanted", "true"))).Dispose();

        using var response = await _reader.GetAsync("/account/export");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var data = JsonDocument.Parse(text).RootElement;

        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(
            fixture.Service.Get<IEnumerable<IPersonalData>>().Select(part => part.Name).Order(StringComparer.Ordinal),
            data.EnumerateObject().Select(part => part.Name).Order(StringComparer.Ordinal));
        Assert.Equal(email, data.GetProperty("account").GetProperty("account").GetProperty("email").GetString());
        Assert.Equal(1, data.GetProperty("upvotes").GetArrayLength());
        foreach (var secret in (string[])["hash", "stamp", "authenticatorKey", "code"])
            Assert.DoesNotContain(secret, string.Join(' ', NamesIn(data)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Deleting_asks_for_the_password_and_leaves_nothing()
    {
        var email = await _reader.RegisterAsync();
        (await _reader.SubmitAsync("/about", $"/papers/{SampleContent.OldStylePaper}/upvote", ("wanted", "true"))).Dispose();
        using var refused = await _reader.SubmitAsync("/account", "/account/delete", ("current", "not the one"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        using var deleted = await _reader.SubmitAsync("/account", "/account/delete", ("current", Reader.Password));

        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Null((await _reader.PageAsync("/about")).QuerySelector(".who"));
        using var again = await _reader.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Reader.Password));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task Who_has_no_password_deletes_only_soon_after_signing_in()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await RunningService.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        using var reader = ServiceFixture.NewReader(service);
        var email = await reader.RegisterAsync();
        var token = TestContext.Current.CancellationToken;
        await using var db = await service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(token);
        await db.Users.Where(a => a.Email == email).ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, (string?)null), token);

        time.Advance(TimeSpan.FromMinutes(16));
        using var late = await reader.SubmitAsync("/account", "/account/delete");
        Assert.Contains("Sign out and in again", await AlertAsync(late), StringComparison.Ordinal);
        time.AdjustTime(time.GetUtcNow() - TimeSpan.FromMinutes(2));
        using var inTime = await reader.SubmitAsync("/account", "/account/delete");
        Assert.Equal(HttpStatusCode.OK, inTime.StatusCode);
        Assert.False(await db.Users.AnyAsync(a => a.Email == email, token));
    }

    private static async Task<string> AlertAsync(HttpResponseMessage response) =>
        (await Reader.PageOfAsync(response, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent;

    private static IEnumerable<string> NamesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(part => NamesIn(part.Value).Prepend(part.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(NamesIn),
        _ => [],
    };
}
