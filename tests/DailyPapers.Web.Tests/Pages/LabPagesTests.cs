using System.Net;
using AngleSharp.Dom;
using DailyPapers.Community.Accounts;
using DailyPapers.Web.Tests.Community;

namespace DailyPapers.Web.Tests.Pages;

public sealed class LabPagesTests(ServiceFixture fixture)
{
    private const string Xor = "/lab/benign-overfitting-xor";

    [Fact]
    public async Task A_paper_of_the_lab_has_its_annotated_page_with_code_figures_and_claims()
    {
        using var reader = fixture.NewReader();
        var page = await reader.PageAsync(Xor);
        Assert.Contains("Benign Overfitting", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll(".annotation pre code"));
        Assert.NotEmpty(page.QuerySelectorAll(".reproduction .claims > li"));
        var figure = page.QuerySelector(".annotation img")!.GetAttribute("src")!;
        using var drawn = await reader.GetAsync(figure);
        Assert.Equal((HttpStatusCode.OK, "image/svg+xml"), (drawn.StatusCode, drawn.Content.Headers.ContentType?.MediaType));
        // Who may not let it run here reads how to do it elsewhere.
        Assert.Null(page.QuerySelector("form.parameters"));
        Assert.Contains("papers lab run benign-overfitting-xor", page.QuerySelector(".own-runs")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_that_the_lab_does_not_have_is_not_found()
    {
        using var reader = fixture.NewReader();
        using var response = await reader.GetAsync("/lab/no-such-paper");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_curator_asks_for_a_run_sees_it_wait_and_cancels_it()
    {
        var (curator, _) = await fixture.MemberAsync(AccountRole.Curator);
        using (curator)
        {
            var form = (await curator.PageAsync(Xor)).QuerySelector("form.parameters")!;
            Assert.Equal(("20", "1000", "1"), (Attribute(form, "p.n", "min"), Attribute(form, "p.n", "max"), Attribute(form, "p.n", "step")));
            using var asked = await curator.SubmitAsync(Xor, Xor + "/runs", ("mode", "quick"), ("p.n", "50"), ("p.eta", ""));
            Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
            var request = asked.Headers.Location!.ToString();

            var page = await curator.PageAsync(request);
            Assert.Equal("waiting", page.QuerySelector("[data-run-state]")!.GetAttribute("data-run-state"));
            Assert.Contains("n = 50", page.QuerySelector(".intro")!.TextContent, StringComparison.Ordinal);
            using var anonymous = fixture.NewReader();
            Assert.Null((await anonymous.PageAsync(request)).QuerySelector("form[action$=cancel]"));

            var (stranger, _) = await fixture.MemberAsync(AccountRole.Curator);
            using (stranger)
            {
                Assert.Null((await stranger.PageAsync(request)).QuerySelector("form[action$=cancel]"));
                using var refused = await stranger.SubmitAsync(Xor, request + "/cancel");
                Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            }
            Assert.Equal("waiting", (await curator.PageAsync(request)).QuerySelector("[data-run-state]")!.GetAttribute("data-run-state"));

            using var cancelled = await curator.SubmitAsync(request, request + "/cancel");
            Assert.Equal(request, cancelled.Headers.Location?.ToString());
            Assert.Equal("cancelled", (await curator.PageAsync(request)).QuerySelector("[data-run-state]")!.GetAttribute("data-run-state"));
        }
    }

    [Fact]
    public async Task A_parameter_out_of_range_is_explained_and_what_was_typed_stays()
    {
        var (curator, _) = await fixture.MemberAsync(AccountRole.Curator);
        using (curator)
        {
            using var response = await curator.SubmitAsync(Xor, Xor + "/runs", ("mode", "quick"), ("p.n", "5"), ("p.steps", "60"));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal("n must be a whole number from 20 to 1000, not “5”.", page.QuerySelector(".own-runs [role=alert]")!.TextContent.Trim());
            Assert.Equal(("5", "60"), (Attribute(page.QuerySelector("form.parameters")!, "p.n", "value"), Attribute(page.QuerySelector("form.parameters")!, "p.steps", "value")));
        }
    }

    private static string? Attribute(IElement form, string field, string attribute) => form.QuerySelector($"[name='{field}']")!.GetAttribute(attribute);
}
