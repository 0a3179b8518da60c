using DailyPapers.Community.Upvotes;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.Web.Caching;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Parts;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Papers;

/// <summary>Pages of single papers. Identifiers of arXiv's old style have a slash, hence two patterns for each.</summary>
internal static class PaperRoutes
{
    public static void MapPaperPages(this IEndpointRouteBuilder routes)
    {
        foreach (var pattern in (string[])["/papers/{key}", "/papers/{archive}/{key}"])
        {
            routes.MapGet(pattern, ShowAsync).CacheOutput(AnonymousPageCaching.Name);
            routes.MapGet(pattern + "/bibtex", BibTexAsync);
            routes.MapPost(pattern + "/upvote", UpvoteAsync)
                .RequireAuthorization()
                .RequireRateLimiting(RequestRates.Writing)
                .RequireAntiforgeryToken();
        }
    }

    private static async Task<IResult> ShowAsync(string key, string? archive, PaperReader papers, PaperPageReader reader, PaperLibraryReader libraries, HttpContext context)
    {
        var name = PaperLink.NameIn(archive, key);
        if (await papers.FindAsync(name, context.RequestAborted) is not { } paper)
            return Unknown(name);
        // One paper, one address: versions, old keys and other spellings lead to it.
        if (context.Request.Path.Value != PaperLink.To(paper))
            return Results.Redirect(PaperLink.To(paper), permanent: false);
        var model = await reader.ReadAsync(paper, context.AccountId(), context.RequestAborted) with { MayRun = Policies.MayRunPapers(context) };
        if (context.AccountId() is { } account)
            model = model with { Library = await libraries.ReadAsync(account, paper, context.RequestAborted) };
        await context.LoadGivenUpvotesAsync([paper.Id]);
        return Page.Of<PaperPage>(new { Model = model });
    }

    private static async Task<IResult> BibTexAsync(string key, string? archive, PaperReader papers, HttpContext context)
    {
        var name = PaperLink.NameIn(archive, key);
        if (await papers.FindAsync(name, context.RequestAborted) is not { } paper)
            return Unknown(name);
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{paper.Key.Replace('/', '-')}.bib\"";
        return Results.Text(BibTex.Entry(paper), "application/x-bibtex; charset=utf-8");
    }

    private static async Task<IResult> UpvoteAsync(
        string key, string? archive, [FromForm] bool wanted, PaperReader papers, Upvoting upvoting, ContentChanges changes, HttpContext context)
    {
        var name = PaperLink.NameIn(archive, key);
        if (await papers.FindAsync(name, context.RequestAborted) is not { } paper)
            return Unknown(name);
        var upvotes = await upvoting.SetAsync(context.AccountId()!.Value, paper.Id, wanted, context.RequestAborted);
        await changes.NoticeAsync(context.RequestAborted);
        // The script on the page asks for JSON; a plain form goes back to where it was.
        return context.Request.WantsJson()
            ? Results.Json(new UpvoteAnswer(upvotes ?? 0, wanted, UpvoteButton.Label(upvotes ?? 0)), UpvoteJson.Default.UpvoteAnswer)
            : Results.LocalRedirect(ReturnTo.FromReferer(context.Request, PaperLink.To(paper)));
    }

    private static IResult Unknown(string name) => ArxivId.TryParse(name, out var id)
        ? Page.Of<NotFoundPage>(new { What = T["The paper {0} is not in this feed.", id.Id] }, StatusCodes.Status404NotFound)
        : Page.Of<NotFoundPage>(status: StatusCodes.Status404NotFound);
}
