using System.Net;
using System.Xml.Linq;
using DailyPapers.Community.Notifications;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Tests.Community;

public sealed class NotificationPageTests(ServiceFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mention_shows_in_the_header_until_it_is_read()
    {
        var paper = await fixture.NewPaperAsync();
        var (ada, adaName) = await fixture.MemberAsync();
        var (grace, graceHandle) = await fixture.MemberAsync();
        Assert.Null((await grace.PageAsync("/about")).QuerySelector(".unread-count"));
        Assert.NotNull((await grace.PageAsync("/notifications")).QuerySelector(".empty"));

        var id = await ada.CommentAsync(paper, $"@{graceHandle} what do you think?");
        await ada.CommentAsync(paper, $"Really, @{graceHandle}?");

        var page = await grace.PageAsync("/notifications");
        Assert.Equal("2", page.QuerySelector(".unread-count")!.TextContent);
        Assert.Equal("Notifications, 2 unread", page.QuerySelector(".bell")!.GetAttribute("aria-label"));
        var oldest = page.QuerySelectorAll(".notifications li").Last();
        Assert.Contains($"{adaName} mentioned you", oldest.TextContent, StringComparison.Ordinal);
        using var opened = await grace.GetAsync(oldest.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal($"{paper}#comment-{id}", opened.Headers.Location!.ToString());
        Assert.Equal("1", (await grace.PageAsync("/about")).QuerySelector(".unread-count")!.TextContent);
        using var stranger = await ada.GetAsync(oldest.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);

        using var read = await grace.SubmitAsync("/notifications", "/notifications/read", ("upTo", page.QuerySelector("input[name=upTo]")!.GetAttribute("value")!));
        Assert.Null((await grace.PageAsync("/about")).QuerySelector(".unread-count"));
        ada.Dispose();
        grace.Dispose();
    }

    [Fact]
    public async Task Settings_are_kept()
    {
        var (ada, _) = await fixture.MemberAsync();
        Assert.Equal(["Reply", "Mention", "Moderation"], await CheckedAsync());

        using var saved = await ada.SubmitAsync("/notifications/settings", "/notifications/settings", ("mail", "Reaction"), ("mail", "Nonsense"), ("pace", "Daily"));
        Assert.Equal(["Reaction"], await CheckedAsync());
        Assert.NotNull((await ada.PageAsync("/notifications/settings")).QuerySelector("input[value=Daily][checked]"));
        using var none = await ada.SubmitAsync("/notifications/settings", "/notifications/settings", ("pace", "Soon"));
        Assert.Empty(await CheckedAsync());
        ada.Dispose();

        async Task<IEnumerable<string?>> CheckedAsync() =>
            (await ada.PageAsync("/notifications/settings")).QuerySelectorAll("input[name=mail][checked]").Select(box => box.GetAttribute("value"));
    }

    [Fact]
    public async Task The_feed_needs_its_secret_and_nothing_else()
    {
        var paper = await fixture.NewPaperAsync();
        var (ada, adaName) = await fixture.MemberAsync();
        var (grace, graceHandle) = await fixture.MemberAsync();
        await ada.CommentAsync(paper, $"@{graceHandle} & friends");
        using var made = await grace.SubmitAsync("/notifications/settings", "/notifications/settings/feed/renew");
        Assert.True(made.Headers.CacheControl!.NoStore);
        var address = new Uri((await Reader.PageOfAsync(made)).QuerySelector(".secret")!.TextContent).PathAndQuery;
        Assert.Null((await grace.PageAsync("/notifications/settings")).QuerySelector(".secret"));
        using var anonymous = fixture.NewReader();

        using var response = await anonymous.GetAsync(address);
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.Equal($"{adaName} mentioned you in a comment.", feed.Root!.Elements(atom + "entry").Single().Element(atom + "title")!.Value);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());

        using var renewed = await grace.SubmitAsync("/notifications/settings", "/notifications/settings/feed/renew");
        using var ended = await anonymous.GetAsync(address);
        using var guessed = await anonymous.GetAsync("/notifications/feed/" + new string('0', 48) + ".atom");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (ended.StatusCode, guessed.StatusCode));
        ada.Dispose();
        grace.Dispose();
    }

    [Fact]
    public async Task Only_a_post_stops_the_mails_also_from_a_mail_provider()
    {
        var (ada, handle) = await fixture.MemberAsync();
        using var saved = await ada.SubmitAsync("/notifications/settings", "/notifications/settings", ("mail", "Reply"), ("pace", "Soon"));
        await using var db = await fixture.Service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        var secret = await db.NotificationPreferences.Where(p => db.Users.Any(a => a.Id == p.AccountId && a.Handle == handle)).Select(p => p.MailSecret).SingleAsync(Token);
        using var anonymous = fixture.NewReader();
        var address = $"/notifications/unsubscribe?token={secret}";

        Assert.Contains("Stop the mails?", (await anonymous.PageAsync(address)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.NotEqual(0, (await fixture.Service.Get<NotificationPreferences>().PeekUnsubscribeAsync(secret, Token))!.Value.IsMailed ? 1 : 0);
        using var click = await anonymous.SendAsync(HttpMethod.Post, address, Reader.Form(("List-Unsubscribe", "One-Click")), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.OK, click.StatusCode);
        Assert.False((await fixture.Service.Get<NotificationPreferences>().PeekUnsubscribeAsync(secret, Token))!.Value.IsMailed);
        Assert.Contains("No more mails", (await anonymous.PageAsync(address)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        await anonymous.PageAsync("/notifications/unsubscribe?token=none", HttpStatusCode.NotFound);
        ada.Dispose();
    }

    [Fact]
    public async Task A_handle_can_be_changed()
    {
        var (ada, handle) = await fixture.MemberAsync();
        var wanted = $"h{Guid.NewGuid():N}"[..10];
        Assert.Equal(handle, (await ada.PageAsync("/account/handle")).QuerySelector("#handle")!.GetAttribute("value"));

        using var refused = await ada.SubmitAsync("/account/handle", "/account/handle", ("handle", "Not A Handle"));
        using var changed = await ada.SubmitAsync("/account/handle", "/account/handle", ("handle", "@" + wanted.ToUpperInvariant()));

        Assert.Contains("hyphens", (await Reader.PageOfAsync(refused, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(wanted, (await ada.PageAsync("/account/handle")).QuerySelector("#handle")!.GetAttribute("value"));
        ada.Dispose();
    }
}
