using System.Net;
using DailyPapers.Community.Accounts;

namespace DailyPapers.Web.Tests.Community;

public sealed class ModerationPageTests(ServiceFixture fixture)
{
    [Fact]
    public async Task A_report_reaches_the_queue_and_a_curator_hides_the_comment()
    {
        var paper = await fixture.NewPaperAsync();
        using var anonymous = fixture.NewReader();
        var (ada, _) = await fixture.MemberAsync();
        var (grace, _) = await fixture.MemberAsync();
        var (curator, curatorName) = await fixture.MemberAsync(AccountRole.Curator);
        var id = await ada.CommentAsync(paper, "Something rude");

        using var empty = await grace.SubmitAsync($"/comments/{id}/report", $"/comments/{id}/report");
        Assert.Contains("reason is missing", (await Reader.PageOfAsync(empty, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var report = await grace.SubmitAsync($"/comments/{id}/report", $"/comments/{id}/report", ("reason", "Abuse"), ("note", "Look at <this>"));
        Assert.NotNull((await Reader.PageOfAsync(report)).QuerySelector("[role=status]"));

        var queued = (await curator.PageAsync("/moderation")).QuerySelector($"[aria-label='Comment {id}']")!;
        Assert.Contains("Look at <this>", queued.QuerySelector(".reports")!.TextContent, StringComparison.Ordinal);
        using var without = await curator.SubmitAsync("/moderation", $"/moderation/comments/{id}/hide", ("reason", ""));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        using var hidden = await curator.SubmitAsync("/moderation", $"/moderation/comments/{id}/hide", ("reason", "Rude"));
        Assert.Equal("/moderation", hidden.Headers.Location!.ToString());

        Assert.Empty((await anonymous.PageAsync(paper)).QuerySelectorAll(".comment"));
        Assert.Contains("Hidden by a curator", (await ada.PageAsync(paper)).QuerySelector($"#comment-{id} .state")!.TextContent, StringComparison.Ordinal);
        var line = (await anonymous.PageAsync("/moderation/log")).QuerySelectorAll(".log li").Single(li => li.QuerySelector($"a[href='/comments/{id}']") is not null);
        Assert.Contains(curatorName, line.TextContent, StringComparison.Ordinal);
        Assert.Equal("Rude", line.QuerySelector(".detail")!.TextContent);
        Assert.Contains("was hidden", (await grace.PageAsync("/notifications")).QuerySelector(".notifications")!.TextContent, StringComparison.Ordinal);

        using var restored = await curator.SubmitAsync("/moderation", $"/moderation/comments/{id}/restore");
        using var again = await curator.SubmitAsync("/moderation", $"/moderation/comments/{id}/restore");
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.NotFound), (restored.StatusCode, again.StatusCode));
        Assert.Single((await anonymous.PageAsync(paper)).QuerySelectorAll(".comment"));
        Dispose(ada, grace, curator);
    }

    [Theory]
    [InlineData("/moderation", AccountRole.Curator)]
    [InlineData("/moderation/comments/1", AccountRole.Curator)]
    [InlineData("/moderation/accounts/nobody", AccountRole.Curator)]
    [InlineData("/moderation/audit", AccountRole.Administrator)]
    [InlineData("/moderation/filters", AccountRole.Administrator)]
    public async Task Each_page_opens_from_its_role_on(string path, AccountRole least)
    {
        foreach (var role in Enum.GetValues<AccountRole>())
        {
            var (reader, _) = await fixture.MemberAsync(role);
            using var response = await reader.GetAsync(path);
            Assert.Equal(role >= least, response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound);
            reader.Dispose();
        }
        using var anonymous = fixture.NewReader();
        using var refused = await anonymous.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    [Fact]
    public async Task A_filter_works_from_the_moment_it_is_made()
    {
        var paper = await fixture.NewPaperAsync();
        var (root, _) = await fixture.MemberAsync(AccountRole.Administrator);
        var (ada, _) = await fixture.MemberAsync();
        var word = $"w{Guid.NewGuid():N}";

        using var bad = await root.SubmitAsync("/moderation/filters", "/moderation/filters", ("pattern", "(?=x)"), ("kind", "Expression"), ("does", "Hold"));
        Assert.Contains("look-around", (await Reader.PageOfAsync(bad, HttpStatusCode.BadRequest)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var made = await root.SubmitAsync("/moderation/filters", "/moderation/filters", ("pattern", word), ("kind", "Words"), ("does", "Hold"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);

        var id = await ada.CommentAsync(paper, $"With {word.ToUpperInvariant()} in it");
        using var anonymous = fixture.NewReader();
        Assert.Empty((await anonymous.PageAsync(paper)).QuerySelectorAll(".comment"));
        Assert.Contains("Waits for a curator", (await ada.PageAsync(paper)).QuerySelector($"#comment-{id} .state")!.TextContent, StringComparison.Ordinal);
        using var approved = await root.SubmitAsync("/moderation", $"/moderation/comments/{id}/approve");
        Assert.Single((await anonymous.PageAsync(paper)).QuerySelectorAll(".comment"));

        var form = (await root.PageAsync("/moderation/filters")).QuerySelectorAll(".saved li").Single(li => li.TextContent.Contains(word, StringComparison.Ordinal)).QuerySelector("form")!;
        using var removed = await root.SubmitAsync("/moderation/filters", form.GetAttribute("action")!);
        using var twice = await root.SubmitAsync("/moderation/filters", form.GetAttribute("action")!);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.NotFound), (removed.StatusCode, twice.StatusCode));
        Assert.Contains(word, (await root.PageAsync("/moderation/audit?action=filter.")).QuerySelector(".log")!.TextContent, StringComparison.Ordinal);
        Dispose(root, ada);
    }

    [Fact]
    public async Task A_ban_silences_and_can_be_ended()
    {
        var paper = await fixture.NewPaperAsync();
        var (curator, curatorHandle) = await fixture.MemberAsync(AccountRole.Curator);
        var (ada, handle) = await fixture.MemberAsync();
        var ban = $"/moderation/accounts/{handle}";

        using var unclear = await curator.SubmitAsync(ban, ban + "/ban", ("days", "soon"), ("reason", "Spam"));
        using var self = await curator.SubmitAsync(ban, $"/moderation/accounts/{curatorHandle}/ban", ("days", "1"), ("reason", "Spam"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (unclear.StatusCode, self.StatusCode));
        using var banned = await curator.SubmitAsync(ban, ban + "/ban", ("days", "7"), ("reason", "Spam <b>"));
        Assert.Equal(ban, banned.Headers.Location!.ToString());
        Assert.Contains("Spam <b>", (await curator.PageAsync(ban)).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);

        using var refused = await ada.SubmitAsync("/account/sign-in", paper + "/comments", ("text", "More"));
        Assert.True(refused.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Redirect, $"{refused.StatusCode}");
        Assert.Empty((await curator.PageAsync(paper)).QuerySelectorAll(".comment"));

        using var ended = await curator.SubmitAsync(ban, ban + "/unban");
        Assert.Null((await curator.PageAsync(ban)).QuerySelector(".notice"));
        Dispose(curator, ada);
    }

    private static void Dispose(params Reader[] readers)
    {
        foreach (var reader in readers)
            reader.Dispose();
    }
}
