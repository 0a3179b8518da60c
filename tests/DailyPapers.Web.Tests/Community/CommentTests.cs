using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace DailyPapers.Web.Tests.Community;

public sealed class CommentTests(ServiceFixture fixture)
{
    [Fact]
    public async Task A_comment_appears_for_everybody_at_once()
    {
        var paper = await fixture.NewPaperAsync();
        using var anonymous = fixture.NewReader();
        var (ada, handle) = await fixture.MemberAsync();
        Assert.Empty((await anonymous.PageAsync(paper)).QuerySelectorAll(".comment"));

        var id = await ada.CommentAsync(paper, "So $x^2$ **holds**.");

        var page = await anonymous.PageAsync(paper);
        var comment = page.QuerySelector($"#comment-{id}")!;
        Assert.Equal("holds", comment.QuerySelector(".comment-text strong")!.TextContent);
        Assert.NotNull(comment.QuerySelector(".comment-text math"));
        Assert.Equal(handle, comment.QuerySelector(".person")!.TextContent);
        Assert.Equal("1 comment", page.QuerySelector("#comments-heading")!.TextContent);
        Assert.Empty(page.QuerySelectorAll(".comments form"));
        using var link = await anonymous.GetAsync($"/comments/{id}");
        Assert.Equal($"{paper}#comment-{id}", link.Headers.Location!.ToString());
        ada.Dispose();
    }

    [Fact]
    public async Task Answers_stand_below_what_they_answer()
    {
        var paper = await fixture.NewPaperAsync();
        var (ada, _) = await fixture.MemberAsync();
        var (grace, _) = await fixture.MemberAsync();
        var first = await ada.CommentAsync(paper, "First");
        var second = await ada.CommentAsync(paper, "Second");
        var answer = await grace.CommentAsync(paper, "Answer to the first", first);

        var page = await ada.PageAsync(paper);

        Assert.Equal([first, answer, second], page.QuerySelectorAll(".comment").Select(comment => comment.Id!["comment-".Length..]));
        Assert.NotNull(page.QuerySelector($"#comment-{first} .replies #comment-{answer}"));
        ada.Dispose();
        grace.Dispose();
    }

    [Fact]
    public async Task A_refused_comment_keeps_its_text()
    {
        var paper = await fixture.NewPaperAsync();
        var (ada, _) = await fixture.MemberAsync();
        var text = new string('x', 10_001);

        using var response = await ada.SubmitAsync(paper, paper + "/comments", ("text", text));
        var page = await Reader.PageOfAsync(response, HttpStatusCode.BadRequest);

        Assert.Contains("shorten it to 10000", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(text, page.QuerySelector("textarea")!.TextContent.TrimStart('\n'));
        Assert.Equal(paper + "/comments", page.QuerySelector(".comment-form")!.GetAttribute("action"));
        ada.Dispose();
    }

    [Fact]
    public async Task A_preview_keeps_nothing()
    {
        var paper = await fixture.NewPaperAsync();
        var (ada, _) = await fixture.MemberAsync();

        using var response = await ada.SubmitAsync(paper, paper + "/comments", ("text", "# Loud <script>"), ("preview", "true"));
        var page = await Reader.PageOfAsync(response);

        Assert.Equal("Loud <script>", page.QuerySelector(".comment-text strong")!.TextContent);
        Assert.Equal("# Loud <script>", page.QuerySelector("textarea")!.TextContent.TrimStart('\n'));
        Assert.Empty((await ada.PageAsync(paper)).QuerySelectorAll(".comment"));
        ada.Dispose();
    }

    [Fact]
    public async Task An_edit_shows_its_history_to_everybody()
    {
        var paper = await fixture.NewPaperAsync();
        using var anonymous = fixture.NewReader();
        var (ada, _) = await fixture.MemberAsync();
        var id = await ada.CommentAsync(paper, "Before");

        Assert.Equal("Before", (await ada.PageAsync($"/comments/{id}/edit")).QuerySelector("textarea")!.TextContent.TrimStart('\n'));
        using var edited = await ada.SubmitAsync($"/comments/{id}/edit", $"/comments/{id}/edit", ("text", "After"));

        Assert.Equal($"{paper}#comment-{id}", edited.Headers.Location!.ToString());
        var link = (await anonymous.PageAsync(paper)).QuerySelectorAll($"#comment-{id} .facts a").Single(a => a.TextContent == "edited").GetAttribute("href")!;
        Assert.Equal(["After", "Before"], (await anonymous.PageAsync(link)).QuerySelectorAll(".comment-text").Select(text => text.TextContent.Trim()));
        ada.Dispose();
    }

    [Fact]
    public async Task A_deleted_comment_is_gone_from_every_page()
    {
        var paper = await fixture.NewPaperAsync();
        using var anonymous = fixture.NewReader();
        var (ada, handle) = await fixture.MemberAsync();
        var (grace, _) = await fixture.MemberAsync();
        var id = await ada.CommentAsync(paper, "Regretted words");
        await grace.CommentAsync(paper, "An answer", id);

        using var deleted = await ada.SubmitAsync($"/comments/{id}/delete", $"/comments/{id}/delete");

        Assert.Equal($"{paper}#comments", deleted.Headers.Location!.ToString());
        var page = await anonymous.PageAsync(paper);
        Assert.Equal("This comment was deleted by its author.", page.QuerySelector($"#comment-{id} > article")!.TextContent.Trim());
        Assert.DoesNotContain(handle, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1 comment", page.QuerySelector("#comments-heading")!.TextContent);
        foreach (var path in (string[])["history", "edit", "delete", "report"])
            await ada.PageAsync($"/comments/{id}/{path}", HttpStatusCode.NotFound);
        ada.Dispose();
        grace.Dispose();
    }

    [Fact]
    public async Task Anothers_comment_can_be_neither_changed_nor_deleted()
    {
        var paper = await fixture.NewPaperAsync();
        var (ada, _) = await fixture.MemberAsync();
        var (grace, _) = await fixture.MemberAsync();
        var id = await ada.CommentAsync(paper, "Mine");

        foreach (var path in (string[])["edit", "delete"])
        {
            await grace.PageAsync($"/comments/{id}/{path}", HttpStatusCode.NotFound);
            using var response = await grace.SubmitAsync(paper, $"/comments/{id}/{path}", ("text", "Yours"));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
        Assert.Equal("Mine", (await ada.PageAsync(paper)).QuerySelector($"#comment-{id} .comment-text")!.TextContent.Trim());
        ada.Dispose();
        grace.Dispose();
    }

    [Fact]
    public async Task Writing_needs_an_account_and_the_form()
    {
        var paper = await fixture.NewPaperAsync();
        using var anonymous = fixture.NewReader();
        var (ada, _) = await fixture.MemberAsync();

        using var unknown = await anonymous.PostAsync(paper + "/comments", ("text", "x"));
        using var forged = await ada.PostAsync(paper + "/comments", ("text", "x"));

        Assert.StartsWith("/account/sign-in", unknown.Headers.Location!.IsAbsoluteUri ? unknown.Headers.Location.PathAndQuery : unknown.Headers.Location.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Empty((await ada.PageAsync(paper)).QuerySelectorAll(".comment"));
        ada.Dispose();
    }

    [Theory]
    [InlineData("/papers/2508.99999/comments", "x", HttpStatusCode.NotFound)]
    [InlineData("/papers/hep-th/9901001/comments", "", HttpStatusCode.BadRequest)]
    [InlineData("/papers/hep-th/9901001/comments", "x", HttpStatusCode.Redirect)]
    public async Task A_comment_goes_to_a_paper_that_exists(string path, string text, HttpStatusCode status)
    {
        var (ada, _) = await fixture.MemberAsync();
        using var response = await ada.SubmitAsync("/about", path, ("text", text));
        Assert.Equal(status, response.StatusCode);
        ada.Dispose();
    }

    [Fact]
    public async Task A_papers_comments_are_a_feed()
    {
        var paper = await fixture.NewPaperAsync();
        using var anonymous = fixture.NewReader();
        var (ada, handle) = await fixture.MemberAsync();
        var first = await ada.CommentAsync(paper, "First & <b>");
        var second = await ada.CommentAsync(paper, "Second");

        using var response = await anonymous.GetAsync(paper + "/comments.atom");
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        XNamespace atom = "http://www.w3.org/2005/Atom";

        Assert.Equal("application/atom+xml; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var entries = feed.Root!.Elements(atom + "entry").ToList();
        Assert.Equal([$"Comment by {handle}", $"Comment by {handle}"], entries.Select(entry => entry.Element(atom + "title")!.Value));
        Assert.EndsWith($"/comments/{second}", entries[0].Element(atom + "id")!.Value, StringComparison.Ordinal);
        Assert.EndsWith($"{paper}#comment-{first}", entries[1].Element(atom + "link")!.Attribute("href")!.Value, StringComparison.Ordinal);
        Assert.Equal("<p>First &amp; &lt;b&gt;</p>", entries[1].Element(atom + "content")!.Value.Trim());
        using var missing = await anonymous.GetAsync("/papers/2508.99999/comments.atom");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        ada.Dispose();
    }

    [Fact]
    public async Task A_reaction_is_given_and_taken_back_by_form_and_by_script()
    {
        var paper = await fixture.NewPaperAsync();
        var (ada, _) = await fixture.MemberAsync();
        var (grace, _) = await fixture.MemberAsync();
        var id = await ada.CommentAsync(paper, "A thought");

        using var form = await grace.SubmitAsync(paper, $"/comments/{id}/reactions", ("give", "Insightful"));
        Assert.Equal($"{paper}#comment-{id}", form.Headers.Location!.ToString());
        var button = (await grace.PageAsync(paper)).QuerySelector($"#comment-{id} button[value=Insightful]")!;
        Assert.Equal(("take", "true", "1"), (button.GetAttribute("name"), button.GetAttribute("aria-pressed"), button.QuerySelector(".count")!.TextContent));
        Assert.Contains("Insightful 1", (await ada.PageAsync(paper)).QuerySelector($"#comment-{id} .reactions")!.TextContent, StringComparison.Ordinal);

        var token = Reader.Token(await grace.PageAsync(paper));
        using var script = await grace.SendAsync(
            HttpMethod.Post, $"/comments/{id}/reactions", Reader.Form(("__RequestVerificationToken", token), ("take", "Insightful")), ("Accept", "application/json"));
        using var answer = JsonDocument.Parse(await script.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0, false), (answer.RootElement.GetProperty("count").GetInt32(), answer.RootElement.GetProperty("given").GetBoolean()));

        using var nonsense = await grace.SubmitAsync(paper, $"/comments/{id}/reactions", ("give", "7"));
        using var missing = await grace.SubmitAsync(paper, "/comments/99999999/reactions", ("give", "Agree"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (nonsense.StatusCode, missing.StatusCode));
        ada.Dispose();
        grace.Dispose();
    }

    [Fact]
    public async Task A_list_shows_how_many_comments_a_paper_has()
    {
        var (ada, _) = await fixture.MemberAsync();
        await ada.CommentAsync("/papers/2403.30001", "On the first paper of all");
        using var anonymous = fixture.NewReader();

        var card = (await anonymous.PageAsync("/papers/date/2024-03-01")).QuerySelectorAll(".card").Single();

        Assert.Equal("1 comment", card.QuerySelector("a[href='/papers/2403.30001#comments']")!.TextContent);
        ada.Dispose();
    }
}
