using System.Globalization;
using DailyPapers.Community.Submissions;
using DailyPapers.Editions;
using DailyPapers.Editions.Drafting;
using DailyPapers.Editions.Publishing;
using DailyPapers.Storage;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Desk;

/// <summary>Where curators arrange editions. Each button is a form; the script only saves the way back to the page.</summary>
internal static class DeskRoutes
{
    private const int DaysAhead = 60;

    public static void MapDeskPages(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/desk").RequireAuthorization(Policies.Curator);
        desk.MapGet("", async (DraftReader drafts, HttpContext context) => Results.LocalRedirect(DeskAddress.Of(await drafts.NextDateAsync(context.RequestAborted))));
        desk.MapGet("/{date}", ShowAsync);

        var actions = desk.MapGroup("/{date}").RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        actions.MapPost("/pick", (string date, [FromForm] long paper, EditionDrafts drafts, HttpContext context) =>
            DoAsync(date, context, day => drafts.PickAsync(context.AccountId(), day, paper, context.RequestAborted)));
        actions.MapPost("/drop", (string date, [FromForm] long paper, EditionDrafts drafts, HttpContext context) =>
            DoAsync(date, context, day => drafts.DropAsync(context.AccountId(), day, paper, context.RequestAborted)));
        actions.MapPost("/up", (string date, [FromForm] long paper, EditionDrafts drafts, HttpContext context) =>
            DoAsync(date, context, day => drafts.MoveAsync(context.AccountId(), day, paper, -1, context.RequestAborted)));
        actions.MapPost("/down", (string date, [FromForm] long paper, EditionDrafts drafts, HttpContext context) =>
            DoAsync(date, context, day => drafts.MoveAsync(context.AccountId(), day, paper, 1, context.RequestAborted)));
        actions.MapPost("/order", (string date, [FromForm] string? papers, EditionDrafts drafts, HttpContext context) =>
            DoAsync(date, context, day => drafts.OrderAsync(context.AccountId(), day, Ids(papers), context.RequestAborted)));
        actions.MapPost("/note", (string date, [FromForm] long paper, [FromForm] string? note, EditionDrafts drafts, HttpContext context) =>
            DoAsync(date, context, day => drafts.NoteAsync(context.AccountId(), day, paper, note, context.RequestAborted)));
        actions.MapPost("/skip", (string date, [FromForm] long paper, EditionDrafts drafts, HttpContext context) =>
            DoAsync(date, context, _ => drafts.SkipAsync(context.AccountId(), paper, skipped: true, context.RequestAborted)));
        actions.MapPost("/unskip", (string date, [FromForm] long paper, EditionDrafts drafts, HttpContext context) =>
            DoAsync(date, context, _ => drafts.SkipAsync(context.AccountId(), paper, skipped: false, context.RequestAborted)));
        actions.MapPost("/decline", (string date, [FromForm] long paper, [FromForm] string? reason, SubmissionDecisions decisions, HttpContext context) =>
            DoAsync(date, context, _ => decisions.DeclineAsync(context.AccountId()!.Value, paper, reason, context.RequestAborted)));
        actions.MapPost("/proposals/{id:long}/accept", (string date, long id, SubmissionDecisions decisions, HttpContext context) =>
            DoAsync(date, context, _ => decisions.AcceptProposalAsync(context.AccountId()!.Value, id, context.RequestAborted)));
        actions.MapPost("/proposals/{id:long}/decline", (string date, long id, [FromForm] string? reason, SubmissionDecisions decisions, HttpContext context) =>
            DoAsync(date, context, _ => decisions.DeclineProposalAsync(context.AccountId()!.Value, id, reason, context.RequestAborted)));
        actions.MapPost("/schedule", ScheduleAsync);
        actions.MapPost("/unschedule", (string date, EditionDrafts drafts, HttpContext context) =>
            DoAsync(date, context, async day => await drafts.UnscheduleAsync(context.AccountId(), day, context.RequestAborted) || true));
        actions.MapPost("/publish", PublishAsync);
    }

    private static Task<IResult> ShowAsync(string date, HttpContext context) =>
        TryDay(date, context, out var day) ? PageAsync(day, problem: null, context) : Refused(date);

    private static async Task<IResult> PageAsync(DateOnly day, string? problem, HttpContext context)
    {
        var services = context.RequestServices;
        var (filter, page) = DeskAddress.Read(context.Request.Query);
        var (candidates, total) = await services.GetRequiredService<EditionCandidates>().ReadAsync(
            day, filter, (page - 1) * DeskAddress.PageSize, DeskAddress.PageSize, context.RequestAborted);
        var model = new DeskModel(
            await services.GetRequiredService<DraftReader>().ReadAsync(day, context.RequestAborted),
            filter,
            candidates,
            total,
            page,
            await services.GetRequiredService<SubmissionDecisions>().ProposalsAsync(context.RequestAborted),
            problem);
        return Page.Of<DeskPage>(new { Model = model }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ScheduleAsync(string date, EditionDrafts drafts, HttpContext context)
    {
        if (!TryDay(date, context, out var day))
            return await Refused(date);
        return await drafts.ScheduleAsync(context.AccountId(), day, context.RequestAborted) is { } problem
            ? await PageAsync(day, T["The edition was not scheduled."] + " " + problem, context)
            : Back(day, context);
    }

    private static async Task<IResult> PublishAsync(string date, EditionPublishing publishing, ContentChanges changes, HttpContext context)
    {
        if (!TryDay(date, context, out var day))
            return await Refused(date);
        if (await publishing.PublishAsync(context.AccountId(), day, context.RequestAborted) is null)
            return await PageAsync(day, T["The edition was not published. There is no paper in it; pick one first."], context);
        await changes.NoticeAsync(context.RequestAborted);
        return Back(day, context);
    }

    private static async Task<IResult> DoAsync(string date, HttpContext context, Func<DateOnly, Task<bool>> action)
    {
        if (!TryDay(date, context, out var day))
            return await Refused(date);
        if (!await action(day))
            return Page.Of<NotFoundPage>(new { What = T["There is no such paper, or another curator was faster. Go back to the desk and load it again."] }, StatusCodes.Status404NotFound);
        await context.RequestServices.GetRequiredService<ContentChanges>().NoticeAsync(context.RequestAborted);
        return Back(day, context);
    }

    // The page with its filters, at the paper that comes next.
    private static IResult Back(DateOnly day, HttpContext context)
    {
        var address = ReturnTo.FromReferer(context.Request, DeskAddress.Of(day));
        if (!address.StartsWith(DeskAddress.Of(day), StringComparison.Ordinal) || address.AsSpan(DeskAddress.Of(day).Length) is ['/', ..])
            address = DeskAddress.Of(day);
        var next = context.Request.Form["next"].ToString();
        return Results.LocalRedirect(long.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? $"{address}#c-{id}" : address);
    }

    private static bool TryDay(string name, HttpContext context, out DateOnly day)
    {
        var parsed = Period.TryParseDay(name, out var period);
        day = period.First;
        return parsed && day <= context.RequestServices.GetRequiredService<SiteCalendar>().Today.AddDays(DaysAhead);
    }

    private static List<long> Ids(string? text) =>
        [.. (text ?? "").Split(',').Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0).Where(id => id > 0).Take(EditionDrafts.MostPicks)];

    private static Task<IResult> Refused(string value) => Task.FromResult<IResult>(Page.Of<BadRequestPage>(
        new { Field = "date", Value = value, Expected = T["a day like 2025-08-13, at most {0} days ahead", DaysAhead] }, StatusCodes.Status400BadRequest));
}
