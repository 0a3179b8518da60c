using DailyPapers.Papers;
using DailyPapers.Reproductions;
using DailyPapers.Storage;
using DailyPapers.Web.Caching;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Pages.Lab;

/// <summary>The table of reproductions and their figures.</summary>
internal static class LabRoutes
{
    public static void MapLabPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/lab", TableAsync).CacheOutput(AnonymousPageCaching.Name);
        routes.MapGet("/lab/runs/{run:long}/{file}", FigureAsync);
    }

    private static async Task<IResult> TableAsync(ReproductionLibrary reproductions, IDbContextFactory<PapersDb> contexts, HttpContext context)
    {
        var views = await reproductions.ListAsync(context.RequestAborted);
        await using var db = await contexts.CreateDbContextAsync(context.RequestAborted);
        var papers = await db.Papers.AsNoTracking()
            .Where(p => p.LabSlug != null)
            .ToDictionaryAsync(p => p.LabSlug!, context.RequestAborted);
        var rows = views.Where(view => papers.ContainsKey(view.Result.Slug)).Select(view => (papers[view.Result.Slug], view)).ToList();
        return Page.Of<LabPage>(new { Rows = (IReadOnlyList<(Paper, ReproductionView)>)rows, Collection = papers.Count });
    }

    private static async Task<IResult> FigureAsync(long run, string file, ReproductionLibrary reproductions, HttpContext context)
    {
        if (await reproductions.FigureAsync(run, file, context.RequestAborted) is not { } svg)
            return Page.Of<NotFoundPage>(status: StatusCodes.Status404NotFound);
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        // A figure opened by itself is a document: it may style itself and do nothing else.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
        return Results.Text(svg, "image/svg+xml; charset=utf-8");
    }
}
