using System.Globalization;
using DailyPapers.Community.Following;
using DailyPapers.Community.PrivateFeeds;
using DailyPapers.Digests;
using DailyPapers.Digests.Mail;
using DailyPapers.Storage;
using DailyPapers.Web.Feeds;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Accounts;
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
        following.MapPost("/feed/end", EndAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        // Feed readers cannot sign in: the secret in the address says whose feed it is.
        routes.MapGet(Path + "/feed.atom", FeedAsync).AllowAnonymous().RequireRateLimiting(RequestRates.Searching);
    }

    private static string FeedPath(string secret) => $"{Path}/feed.atom?token={secret}";

    private static Task<IResult> ShowAsync(Follows follows, FollowedPapers papers, FeedSecrets secrets, HttpContext context) =>
        AnswerAsync(follows, papers, secrets, context);

    private static async Task<IResult> AnswerAsync(
        Follows follows, FollowedPapers papers, FeedSecrets secrets, HttpContext context, string? problem = null, string? feed = null)
    {
        var account = context.AccountId()!.Value;
        var newest = await papers.ReadAsync(account, PapersShown, context.RequestAborted);
        await context.LoadGivenUpvotesAsync(newest.Select(paper => paper.Listed.Paper.Id));
        return Page.Of<FollowingPage>(
            new
            {
                Follows = await follows.ListAsync(account, context.RequestAborted),
                Papers = newest,
                FeedMadeAt = await secrets.MadeAtAsync(account, FeedKind.Following, context.RequestAborted),
                Feed = feed,
                Problem = problem,
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> AddAsync(
        [FromForm] string? kind, [FromForm] string? value, Follows follows, FollowedPapers papers, FeedSecrets secrets, HttpContext context)
    {
        FollowKind? wanted = kind switch { "author" => FollowKind.Author, "keyword" => FollowKind.Keyword, "category" => FollowKind.Category, _ => null };
        if (wanted is null)
            return Page.Of<BadRequestPage>(new { Field = "kind", Value = kind ?? "", Expected = T["author, keyword or category"] }, StatusCodes.Status400BadRequest);
        return await follows.AddAsync(context.AccountId()!.Value, wanted.Value, value ?? "", context.RequestAborted) is { } refused
            ? await AnswerAsync(follows, papers, secrets, context, T["Nothing more is followed. {0}", refused])
            : Results.LocalRedirect(ReturnTo.FromReferer(context.Request, Path));
    }

    private static async Task<IResult> RemoveAsync(long id, Follows follows, HttpContext context) =>
        await follows.RemoveAsync(context.AccountId()!.Value, id, context.RequestAborted)
            ? Results.LocalRedirect(ReturnTo.FromReferer(context.Request, Path))
            : Page.Of<NotFoundPage>(new { What = T["You follow no such thing."] }, StatusCodes.Status404NotFound);

    private static async Task<IResult> RenewAsync(Follows follows, FollowedPapers papers, FeedSecrets secrets, SiteLinks links, HttpContext context)
    {
        var secret = await secrets.RenewAsync(context.AccountId()!.Value, FeedKind.Following, context.RequestAborted);
        // Shown once: only its hash is kept.
        Secrets.NotKept(context);
        return await AnswerAsync(follows, papers, secrets, context, feed: links.At(FeedPath(secret)));
    }

    private static async Task<IResult> EndAsync(FeedSecrets secrets, HttpContext context)
    {
        await secrets.EndAsync(context.AccountId()!.Value, FeedKind.Following, context.RequestAborted);
        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> FeedAsync(
        string? token, FeedSecrets secrets, Follows follows, FollowedPapers papers, ContentChanges changes, IOptions<SiteOptions> site, HttpContext context)
    {
        if (await secrets.AccountOfAsync(token, FeedKind.Following, context.RequestAborted) is not { } account)
            return Results.Problem(title: T["There is no such feed"], detail: T["Its address was renewed or ended. The page Following makes a new one."], statusCode: StatusCodes.Status404NotFound);
        var own = await follows.ListAsync(account, context.RequestAborted);
        var what = string.Join(',', own.Select(follow => follow.Id.ToString(CultureInfo.InvariantCulture)));
        context.Response.Headers.CacheControl = "private";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        if (FeedTag.IsKnown(context, changes.Current, $"following {token} {what}"))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var newest = await papers.ReadAsync(account, PapersShown, context.RequestAborted);
        var entries = newest.Select(paper => paper.Listed.Paper).OrderByDescending(paper => paper.AddedAt).ThenByDescending(paper => paper.Id).ToList();
        return Results.Bytes(
            AtomFeed.Write(T["Following"] + " · " + site.Value.Name, site.Value.Url.TrimEnd('/'), FeedPath(token!), Path, entries, DateTimeOffset.UnixEpoch),
            AtomFeed.ContentType);
    }
}
