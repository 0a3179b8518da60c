using System.Globalization;
using DailyPapers.Community.Submissions;
using DailyPapers.Storage;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Submit;

/// <summary>Submitting papers, and what became of one's submissions.</summary>
internal static class SubmitRoutes
{
    private const string Own = "/submit/mine";

    public static void MapSubmitPages(this IEndpointRouteBuilder routes)
    {
        var submit = routes.MapGroup("/submit").RequireAuthorization();
        submit.MapGet("", () => Page.Of<SubmitPage>());
        submit.MapPost("", SubmitAsync).RequireRateLimiting(RequestRates.Fetching).RequireAntiforgeryToken();
        submit.MapPost("/entry", EnterAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        submit.MapGet("/mine", ListAsync);
        submit.MapPost("/mine/papers/{id:long}/withdraw", (long id, Submitting submitting, ContentChanges changes, HttpContext context) =>
            WithdrawAsync(id, isProposal: false, submitting, changes, context)).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        submit.MapPost("/mine/entries/{id:long}/withdraw", (long id, Submitting submitting, ContentChanges changes, HttpContext context) =>
            WithdrawAsync(id, isProposal: true, submitting, changes, context)).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> SubmitAsync(
        [FromForm] string? paper, [FromForm] string? note, [FromForm] string? today, Submitting submitting, ContentChanges changes, HttpContext context)
    {
        var result = await submitting.SubmitAsync(SubmitterOf(context), paper, note, today is not null, context.RequestAborted);
        return await AnswerAsync(result, new SubmitForm { Paper = paper, Note = note }, changes, context);
    }

    private static async Task<IResult> EnterAsync(
        [FromForm] string? title, [FromForm] string? authors, [FromForm(Name = "abstract")] string? text, [FromForm] string? identifier, [FromForm] string? url,
        [FromForm] string? note, [FromForm] string? today, Submitting submitting, ContentChanges changes, HttpContext context)
    {
        var entry = new HandEntry(title ?? "", authors ?? "", text, identifier, url);
        var result = await submitting.EnterAsync(SubmitterOf(context), entry, note, today is not null, context.RequestAborted);
        return await AnswerAsync(result, new SubmitForm { Entry = entry, Note = note }, changes, context);
    }

    private static async Task<IResult> ListAsync(Submitting submitting, HttpContext context) =>
        Page.Of<OwnSubmissionsPage>(new { Submissions = await submitting.ListAsync(context.AccountId()!.Value, context.RequestAborted) });

    private static async Task<IResult> WithdrawAsync(long id, bool isProposal, Submitting submitting, ContentChanges changes, HttpContext context)
    {
        if (!await submitting.WithdrawAsync(context.AccountId()!.Value, id, isProposal, context.RequestAborted))
            return Page.Of<NotFoundPage>(new { What = T["None of your submissions waits under this number."] }, StatusCodes.Status404NotFound);
        await changes.NoticeAsync(context.RequestAborted);
        return Results.LocalRedirect(Own);
    }

    private static async Task<IResult> AnswerAsync(SubmissionResult result, SubmitForm form, ContentChanges changes, HttpContext context)
    {
        if (result.IsSubmitted)
        {
            await changes.NoticeAsync(context.RequestAborted);
            return Results.LocalRedirect(Own);
        }
        if (result.Outcome is SubmissionOutcome.LimitReached)
            context.Response.Headers.RetryAfter = TimeSpan.FromHours(24).TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Page.Of<SubmitPage>(new { Form = form, Result = result }, StatusOf(result.Outcome));
    }

    private static int StatusOf(SubmissionOutcome outcome) => outcome switch
    {
        SubmissionOutcome.AlreadyInEdition or SubmissionOutcome.AlreadySubmitted => StatusCodes.Status409Conflict,
        SubmissionOutcome.LimitReached => StatusCodes.Status429TooManyRequests,
        SubmissionOutcome.NeedsTyping => StatusCodes.Status200OK,
        _ => StatusCodes.Status400BadRequest,
    };

    private static Submitter SubmitterOf(HttpContext context) => new(context.AccountId()!.Value, context.DisplayName()!, context.IsCurator());
}
