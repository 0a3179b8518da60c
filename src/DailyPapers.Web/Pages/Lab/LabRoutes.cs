using DailyPapers.Lab.Contract;
using DailyPapers.Papers;
using DailyPapers.Reproductions;
using DailyPapers.Reproductions.Annotated;
using DailyPapers.Reproductions.Requests;
using DailyPapers.Storage;
using DailyPapers.Web.Caching;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Pages.Lab;

/// <summary>The table of reproductions, their annotated pages and figures, and the runs that people ask for.</summary>
internal static class LabRoutes
{
    private const int RecentRuns = 10;

    public static void MapLabPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(LabAddress.Home, TableAsync).CacheOutput(AnonymousPageCaching.Name);
        routes.MapGet("/lab/{slug}", (string slug, HttpContext context) => PaperAsync(slug, context));
        routes.MapGet("/lab/runs/{run:long}", RunAsync);
        routes.MapGet("/lab/runs/{run:long}/{file}", FigureAsync);
        routes.MapGet("/lab/requests/{id:long}", RequestAsync);
        routes.MapPost("/lab/{slug}/runs", AskAsync)
            .RequireAuthorization(Policies.RunsPapers).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        routes.MapPost("/lab/requests/{id:long}/cancel", CancelAsync)
            .RequireAuthorization().RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
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

    private static async Task<IResult> PaperAsync(string slug, HttpContext context, IReadOnlyList<string>? problems = null, IReadOnlyDictionary<string, string>? typed = null)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<ShippedDeclarations>().Find(slug) is not { } declaration)
            return Page.Of<NotFoundPage>(new { What = T["The lab has no paper “{0}”.", slug] }, StatusCodes.Status404NotFound);
        var view = await services.GetRequiredService<ReproductionLibrary>().NewestAsync(slug, context.RequestAborted);
        var model = new LabPaperModel(
            declaration,
            await services.GetRequiredService<PaperReader>().FindInLabAsync(slug, context.RequestAborted),
            view,
            services.GetRequiredService<AnnotatedPages>().Find(slug, view is null ? "" : LabAddress.Figures(view.RunId)),
            await services.GetRequiredService<LabQueue>().RecentAsync(slug, RecentRuns, context.RequestAborted),
            Policies.MayRunPapers(context),
            problems ?? [],
            typed ?? new Dictionary<string, string>());
        return Page.Of<LabPaperPage>(new { Model = model }, problems is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> RunAsync(long run, ReproductionLibrary reproductions, PaperReader papers, HttpContext context)
    {
        if (await reproductions.FindAsync(run, context.RequestAborted) is not { } view)
            return Page.Of<NotFoundPage>(new { What = T["There is no such run."] }, StatusCodes.Status404NotFound);
        return Page.Of<LabRunPage>(new { View = view, Paper = await papers.FindInLabAsync(view.Result.Slug, context.RequestAborted) });
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

    private static async Task<IResult> RequestAsync(long id, LabQueue queue, HttpContext context)
    {
        if (await queue.FindAsync(id, context.RequestAborted) is not { } request)
            return Page.Of<NotFoundPage>(new { What = T["There is no such run."] }, StatusCodes.Status404NotFound);
        var mayCancel = context.AccountId() is { } account && (request.RequestedById == account || context.IsAdministrator());
        return Page.Of<LabRequestPage>(new { Request = request, Ahead = await queue.AheadOfAsync(id, context.RequestAborted), MayCancel = mayCancel });
    }

    private static async Task<IResult> AskAsync(string slug, LabQueue queue, HttpContext context)
    {
        const string prefix = "p.";
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = form.Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(field => field.Key[prefix.Length..], field => field.Value.ToString());
        var mode = form["mode"] == "full" ? RunMode.Full : RunMode.Quick;
        var (id, problems) = await queue.RequestAsync(context.AccountId()!.Value, slug, mode, typed, context.RequestAborted);
        return id is { } request ? Results.LocalRedirect(LabAddress.Request(request)) : await PaperAsync(slug, context, problems, typed);
    }

    private static async Task<IResult> CancelAsync(long id, LabQueue queue, HttpContext context) =>
        await queue.CancelAsync(context.AccountId()!.Value, context.IsAdministrator(), id, context.RequestAborted)
            ? Results.LocalRedirect(LabAddress.Request(id))
            : Page.Of<NotFoundPage>(new { What = T["There is no such run of yours."] }, StatusCodes.Status404NotFound);
}
