using System.Globalization;
using DailyPapers.Community.Following;
using DailyPapers.Digests;
using DailyPapers.Storage;
using DailyPapers.Web.Feeds;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Pages.Following;

/// <summary>The authors, keywords and categories a person follows, and what is new of them.</summary>
internal static class FollowingRoutes
{
    public const string Path = "/following";

    private const int PapersShown = 60;

    public static void MapFollowingPages(this IEndpointRouteBuilder routes)
    {
        var following = routes.MapGroup(Path).RequireAuthorization();
        following.MapGet("", ShowAsync);
        following.MapPost("", AddAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        following.MapPost("/{id:long}/remove", RemoveAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        following.MapPost("/feed/renew", RenewAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        // Feed readers cannot sign in: the secret in the address says whose feed it is.
        routes.MapGet(Path + "/feed.atom", FeedAsync).AllowAnonymous().RequireRateLimiting(RequestRates.Searching);
    }

    public static string FeedPath(string token) => $"{Path}/feed.atom?token={token}";

    private static Task<IResult> ShowAsync(Follows follows, FollowedPapers papers, FeedTokens tokens, HttpContext context) =>
        AnswerAsync(follows, papers, tokens, context, problem: null);

    private static async Task<IResult> AnswerAsync(Follows follows, FollowedPapers papers, FeedTokens tokens, HttpContext context, string? problem)
    {
        var account = context.AccountId()!.Value;
        var newest = await papers.ReadAsync(account, PapersShown, context.RequestAborted);
        await context.LoadGivenUpvotesAsync(newest.Select(paper => paper.Listed.Paper.Id));
        return Page.Of<FollowingPage>(
            new
            {
                Follows = await follows.ListAsync(account, context.RequestAborted),
                Papers = newest,
                Feed = FeedPath(await tokens.OfAsync(account, context.RequestAborted)),
                Problem = problem,
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> AddAsync(
        [FromForm] string? kind, [FromForm] string? value, Follows follows, FollowedPapers papers, FeedTokens tokens, HttpContext context)
    {
        FollowKind? wanted = kind switch { "author" => FollowKind.Author, "keyword" => FollowKind.Keyword, "category" => FollowKind.Category, _ => null };
        if (wanted is null)
            return Page.Of<BadRequestPage>(new { Field = "kind", Value = kind ?? "", Expected = T["author, keyword or category"] }, StatusCodes.Status400BadRequest);
        return await follows.AddAsync(context.AccountId()!.Value, wanted.Value, value ?? "", context.RequestAborted) is { } refused
            ? await AnswerAsync(follows, papers, tokens, context, T["Nothing more is followed. {0}", refused])
            : Results.LocalRedirect(ReturnTo.FromReferer(context.Request, Path));
    }

    private static async Task<IResult> RemoveAsync(long id, Follows follows, HttpContext context) =>
        await follows.RemoveAsync(context.AccountId()!.Value, id, context.RequestAborted)
            ? Results.LocalRedirect(ReturnTo.FromReferer(context.Request, Path))
            : Page.Of<NotFoundPage>(new { What = T["You follow no such thing."] }, StatusCodes.Status404NotFound);

    private static async Task<IResult> RenewAsync(FeedTokens tokens, HttpContext context)
    {
        await tokens.RenewAsync(context.AccountId()!.Value, context.RequestAborted);
        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> FeedAsync(
        string? token, FeedTokens tokens, Follows follows, FollowedPapers papers, ContentChanges changes, IOptions<SiteOptions> site, HttpContext context)
    {
        if (await tokens.AccountOfAsync(token, context.RequestAborted) is not { } account)
            return Results.Problem(title: T["There is no such feed"], detail: T["Copy the address of your feed anew from the page Following."], statusCode: StatusCodes.Status404NotFound);
        var own = await follows.ListAsync(account, context.RequestAborted);
        var what = string.Join(',', own.Select(follow => follow.Id.ToString(CultureInfo.InvariantCulture)));
        context.Response.Headers.CacheControl = "private";
        if (FeedTag.IsKnown(context, changes.Current, $"following {token} {what}"))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var newest = await papers.ReadAsync(account, PapersShown, context.RequestAborted);
        var entries = newest.Select(paper => paper.Listed.Paper).OrderByDescending(paper => paper.AddedAt).ThenByDescending(paper => paper.Id).ToList();
        return Results.Bytes(
            AtomFeed.Write(T["Following"] + " · " + site.Value.Name, site.Value.Url.TrimEnd('/'), FeedPath(token!), Path, entries, DateTimeOffset.UnixEpoch),
            AtomFeed.ContentType);
    }
}
