using System.Globalization;
using DailyPapers.Community.Auditing;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Moderation.Bans;
using DailyPapers.Community.Moderation.Filters;
using DailyPapers.Storage;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Moderation;

/// <summary>What curators and administrators do about comments and people, and the logs of it.</summary>
internal static class ModerationRoutes
{
    private const string Queue = "/moderation";
    private const string Filters = "/moderation/filters";
    private const int LinesPerPage = 50;

    public static void MapModerationPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/moderation/log", PublicLogAsync);

        var curators = routes.MapGroup("/moderation").RequireAuthorization(Policies.Curator);
        curators.MapGet("", QueueAsync);
        curators.MapGet("/comments/{id:long}", CommentAsync);
        curators.MapPost("/comments/{id:long}/hide", HideAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        Decide("restore", (moderation, actor, id, token) => moderation.RestoreAsync(actor, id, token));
        Decide("approve", (moderation, actor, id, token) => moderation.ApproveAsync(actor, id, token));
        Decide("dismiss", (moderation, actor, id, token) => moderation.DismissAsync(actor, id, token));
        curators.MapGet("/accounts/{handle}", AccountAsync);
        curators.MapPost("/accounts/{handle}/ban", BanAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        curators.MapPost("/accounts/{handle}/unban", UnbanAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();

        var administrators = routes.MapGroup("/moderation").RequireAuthorization(Policies.Administrator);
        administrators.MapGet("/audit", AuditAsync);
        administrators.MapGet("/filters", FiltersAsync);
        administrators.MapPost("/filters", AddFilterAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        administrators.MapPost("/filters/{id:long}/remove", RemoveFilterAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();

        void Decide(string what, Func<CommentModeration, long, long, CancellationToken, Task<CommentOutcome>> decide) =>
            curators.MapPost($"/comments/{{id:long}}/{what}", async (long id, CommentModeration moderation, ContentChanges changes, HttpContext context) =>
            {
                var outcome = await decide(moderation, context.AccountId()!.Value, id, context.RequestAborted);
                await changes.NoticeAsync(context.RequestAborted);
                return outcome.Status is CommentStatus.NoSuch ? NoSuchDecision() : Results.LocalRedirect(Queue);
            }).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> QueueAsync(ModerationQueue queue, HttpContext context) => Page.Of<QueuePage>(new
    {
        Waiting = await queue.ReadAsync(context.RequestAborted),
        Hidden = await queue.HiddenAsync(context.RequestAborted),
        IsAdministrator = context.IsAdministrator(),
    });

    private static async Task<IResult> CommentAsync(long id, CommentReader reader, HttpContext context) =>
        await reader.FindAsync(id, context.RequestAborted) is { Comment.State: not CommentState.Deleted } listed
            ? Page.Of<ModerateCommentPage>(new { Listed = listed })
            : Page.Of<NotFoundPage>(new { What = T["There is no such comment."] }, StatusCodes.Status404NotFound);

    private static async Task<IResult> HideAsync(
        long id, [FromForm] string? reason, CommentModeration moderation, CommentReader reader, ContentChanges changes, HttpContext context)
    {
        var outcome = await moderation.HideAsync(context.AccountId()!.Value, id, reason, context.RequestAborted);
        await changes.NoticeAsync(context.RequestAborted);
        return outcome.Status switch
        {
            CommentStatus.NoSuch => NoSuchDecision(),
            CommentStatus.Refused when await reader.FindAsync(id, context.RequestAborted) is { } listed =>
                Page.Of<ModerateCommentPage>(new { Listed = listed, Reason = reason, outcome.Problem }, StatusCodes.Status400BadRequest),
            CommentStatus.Refused => NoSuchDecision(),
            _ => Results.LocalRedirect(Queue),
        };
    }

    private static async Task<IResult> AccountAsync(string handle, Banning banning, HttpContext context) =>
        await banning.FindAsync(handle, context.RequestAborted) is { } account ? Page.Of<BanPage>(new { Account = account }) : NoSuchAccount(handle);

    private static async Task<IResult> BanAsync(
        string handle, [FromForm] string? days, [FromForm] string? reason, Banning banning, HttpContext context)
    {
        // 0 is no number of days, so what cannot be read is refused by the same rule.
        var count = string.IsNullOrWhiteSpace(days) ? null
            : int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)0;
        var outcome = await banning.BanAsync(context.AccountId()!.Value, handle, count, reason, context.RequestAborted);
        return await BannedAsync(outcome, handle, banning, reason, context);
    }

    private static async Task<IResult> UnbanAsync(string handle, Banning banning, HttpContext context) =>
        await BannedAsync(await banning.UnbanAsync(context.AccountId()!.Value, handle, context.RequestAborted), handle, banning, null, context);

    private static async Task<IResult> BannedAsync(BanOutcome outcome, string handle, Banning banning, string? reason, HttpContext context)
    {
        if (!outcome.Exists)
            return NoSuchAccount(handle);
        if (outcome.Problem is null)
            return Results.LocalRedirect($"/moderation/accounts/{handle}");
        return await banning.FindAsync(handle, context.RequestAborted) is { } account
            ? Page.Of<BanPage>(new { Account = account, Reason = reason, outcome.Problem }, StatusCodes.Status400BadRequest)
            : NoSuchAccount(handle);
    }

    private static async Task<IResult> PublicLogAsync([FromQuery] long? before, AuditLog log, HttpContext context) =>
        Page.Of<ModerationLogPage>(new { Lines = await log.ReadPublicAsync(before, LinesPerPage, context.RequestAborted), PageSize = LinesPerPage });

    private static async Task<IResult> AuditAsync(
        [FromQuery] long? before, [FromQuery(Name = "action")] string? what, [FromQuery] string? actor, AuditLog log, HttpContext context)
    {
        var query = new AuditQuery(before, Trimmed(what), Trimmed(actor)?.TrimStart('@'));
        return Page.Of<AuditPage>(new { Query = query, Lines = await log.ReadAsync(query, LinesPerPage, context.RequestAborted), PageSize = LinesPerPage });
    }

    private static async Task<IResult> FiltersAsync(WordFilters filters, HttpContext context) =>
        Page.Of<FiltersPage>(new { Filters = await filters.ListAsync(context.RequestAborted) });

    private static async Task<IResult> AddFilterAsync(
        [FromForm] string? pattern, [FromForm] string? kind, [FromForm(Name = "does")] string? does, WordFilters filters, HttpContext context)
    {
        var problem = Named<FilterKind>(kind) is not { } read ? T["kind must be Words or Expression."]
            : Named<FilterAction>(does) is not { } action ? T["does must be Hold or Refuse."]
            : await filters.AddAsync(context.AccountId()!.Value, pattern, read, action, context.RequestAborted);
        return problem is null
            ? Results.LocalRedirect(Filters)
            : Page.Of<FiltersPage>(new { Filters = await filters.ListAsync(context.RequestAborted), Pattern = pattern, Problem = problem }, StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> RemoveFilterAsync(long id, WordFilters filters, HttpContext context) =>
        await filters.RemoveAsync(context.AccountId()!.Value, id, context.RequestAborted)
            ? Results.LocalRedirect(Filters)
            : Page.Of<NotFoundPage>(new { What = T["There is no such filter."] }, StatusCodes.Status404NotFound);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static T? Named<T>(string? name) where T : struct, Enum =>
        name is [>= 'A' and <= 'Z', ..] && Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value) ? value : null;

    private static IResult NoSuchAccount(string handle) =>
        Page.Of<NotFoundPage>(new { What = T["Nobody has the handle {0}.", handle] }, StatusCodes.Status404NotFound);

    private static IResult NoSuchDecision() => Page.Of<NotFoundPage>(
        new { What = T["There is no such comment to decide about; somebody may have been faster."] }, StatusCodes.Status404NotFound);
}
