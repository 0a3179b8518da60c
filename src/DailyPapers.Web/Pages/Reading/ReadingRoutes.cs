using System.Globalization;
using DailyPapers.Community.Reading;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Reading;

/// <summary>The signed-in person's reading list.</summary>
internal static class ReadingRoutes
{
    public const string Path = "/reading";

    private const int LastPage = ReadingList.MostPerAccount / ReadingListView.PageSize + 1;

    public static void MapReadingPages(this IEndpointRouteBuilder routes)
    {
        var reading = routes.MapGroup(Path).RequireAuthorization();
        reading.MapGet("", (string? page, ReadingList list, HttpContext context) => ShowAsync(ReadingState.Later, page, list, context));
        reading.MapGet("/read", (string? page, ReadingList list, HttpContext context) => ShowAsync(ReadingState.Read, page, list, context));
        reading.MapPost("/{paper:long}", SetAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> ShowAsync(ReadingState state, string? page, ReadingList list, HttpContext context)
    {
        var number = 1;
        if (page is not null && (!int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > LastPage))
            return Page.Of<BadRequestPage>(new { Field = "page", Value = page, Expected = T["a number from 1 to {0}", LastPage] }, StatusCodes.Status400BadRequest);
        var view = await list.ReadAsync(context.AccountId()!.Value, state, number, context.RequestAborted);
        await context.LoadGivenUpvotesAsync(view.Papers.Select(listed => listed.Paper.Id));
        return Page.Of<ReadingPage>(new { View = view });
    }

    private static async Task<IResult> SetAsync(long paper, [FromForm] string? state, ReadingList list, HttpContext context)
    {
        ReadingState? wanted = state switch { "later" => ReadingState.Later, "read" => ReadingState.Read, _ => null };
        if (wanted is null && state is not "none")
            return Page.Of<BadRequestPage>(new { Field = "state", Value = state ?? "", Expected = T["later, read or none"] }, StatusCodes.Status400BadRequest);
        return await list.SetAsync(context.AccountId()!.Value, paper, wanted, context.RequestAborted) switch
        {
            ReadingProblem.NoSuchPaper => Page.Of<NotFoundPage>(new { What = T["There is no such paper in this feed."] }, StatusCodes.Status404NotFound),
            ReadingProblem.ListIsFull => Results.Problem(
                title: T["The reading list is full"],
                detail: T["It holds {0} papers; take some off first.", ReadingList.MostPerAccount],
                statusCode: StatusCodes.Status400BadRequest),
            _ => context.Request.WantsJson()
                ? Results.Json(new ReadingAnswer(state!), ReadingJson.Default.ReadingAnswer)
                : Results.LocalRedirect(ReturnTo.FromReferer(context.Request, Path)),
        };
    }
}
