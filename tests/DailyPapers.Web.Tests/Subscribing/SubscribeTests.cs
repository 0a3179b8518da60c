using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;

namespace DailyPapers.Web.Tests.Subscribing;

public sealed partial class SubscribeTests(ServiceFixture fixture) : IDisposable
{
    private readonly Reader _reader = fixture.NewReader();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task A_reader_subscribes_confirms_by_mail_and_leaves_with_one_click()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        using (var asked = await _reader.PostAsync("/subscribe", ("email", email), ("frequency", "weekly")))
            Assert.Equal("Look into your mailbox", Heading(await Reader.PageOfAsync(asked)));
        var confirm = await LinkAsync(email, "/subscribe/confirm");

        // Mail scanners open links; nobody is subscribed by that.
        await _reader.PageAsync(confirm);
        var page = await _reader.PageAsync(confirm);
        Assert.Equal("Start the digest?", Heading(page));
        using (var confirmed = await _reader.PostAsync("/subscribe/confirm", ("token", page.QuerySelector("input[name=token]")!.GetAttribute("value")!)))
            Assert.Equal("You are subscribed", Heading(await Reader.PageOfAsync(confirmed)));
    }

    [Fact]
    public async Task A_known_and_an_unknown_address_get_the_same_answer()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var answers = new List<string>();
        foreach (var _ in (int[])[1, 2])
        {
            using var response = await _reader.PostAsync("/subscribe", ("email", email), ("frequency", "daily"));
            answers.Add((await Reader.PageOfAsync(response)).DocumentElement.OuterHtml);
        }

        Assert.Equal(answers[0], answers[1]);
    }

    [Theory]
    [InlineData("", "daily")]
    [InlineData("nobody", "daily")]
    [InlineData("a@example.org\r\nBcc: victim@example.org", "daily")]
    [InlineData("a@example.org,b@example.org", "daily")]
    [InlineData("a@example.org", "hourly")]
    [InlineData("a@example.org", "7")]
    public async Task What_cannot_be_subscribed_is_refused(string email, string frequency)
    {
        using var response = await _reader.PostAsync("/subscribe", ("email", email), ("frequency", frequency));

        var page = await Reader.PageOfAsync(response, HttpStatusCode.BadRequest);
        Assert.NotNull(page.QuerySelector("[role=alert]"));
    }

    [Theory]
    [InlineData("/subscribe/confirm", 403)]
    [InlineData("/subscribe", 403)]
    [InlineData("/unsubscribe", 404)]
    public async Task Other_sites_may_only_post_to_leave(string path, int status)
    {
        using var response = await _reader.SendAsync(
            HttpMethod.Post, path, Reader.Form(("token", "unknown"), ("email", "a@example.org")), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_flooded_with_mail_through_us()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var response = await _reader.PostAsync("/subscribe", ("email", $"{Guid.NewGuid():N}@example.org"), ("frequency", "daily"));
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Theory]
    [InlineData("/subscribe/confirm?token=none")]
    [InlineData("/unsubscribe?token=none")]
    [InlineData("/unsubscribe")]
    public async Task A_page_reached_with_a_secret_is_kept_nowhere_and_tells_nobody(string path)
    {
        using var response = await _reader.GetAsync(path);

        Assert.True(response.Headers.CacheControl is { NoStore: true });
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
    }

    private static string Heading(IHtmlDocument page) => page.QuerySelector("h1")!.TextContent;

    /// <summary>The path of the link that begins with <paramref name="path"/> in the mail to <paramref name="email"/>.</summary>
    private async Task<string> LinkAsync(string email, string path)
    {
        foreach (var file in Directory.EnumerateFiles(fixture.Service.Directory.Outbox, "*.eml", SearchOption.AllDirectories))
        {
            using var mail = await MimeKit.MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
            if (mail.To.Mailboxes.Any(to => to.Address == email) && Links().Matches(mail.TextBody ?? "").Select(match => match.Value).FirstOrDefault(link => link.Contains(path, StringComparison.Ordinal)) is { } link)
                return new Uri(link).PathAndQuery;
        }
        throw new InvalidOperationException($"No mail to {email} has a link to {path}.");
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Links();
}
