using DailyPapers.Digests;
using DailyPapers.Digests.Subscribing;
using DailyPapers.Web.Caching;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Subscribe;

/// <summary>
/// Subscribing to the digest and leaving it. A GET only ever shows a page with a button: mail scanners open every link,
/// and none of them shall subscribe or unsubscribe anybody.
/// </summary>
internal static class SubscribeRoutes
{
    public static void MapSubscribePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/subscribe", () => Page.Of<SubscribePage>()).CacheOutput(AnonymousPageCaching.Name);
        // The form stands on cached pages and so has no antiforgery token; requests from other sites are refused by their headers.
        routes.MapPost("/subscribe", SubscribeAsync).RequireRateLimiting(RequestRates.Subscribing).DisableAntiforgery();
        routes.MapGet("/subscribe/confirm", ConfirmPageAsync).AllowAnonymous();
        routes.MapPost("/subscribe/confirm", ConfirmAsync).AllowAnonymous().RequireRateLimiting(RequestRates.Writing).DisableAntiforgery();
        routes.MapGet("/unsubscribe", UnsubscribePageAsync).AllowAnonymous();
        // RFC 8058: a mail provider posts here for the reader, without cookies and from its own servers.
        routes.MapPost("/unsubscribe", UnsubscribeAsync).AllowAnonymous().RequireRateLimiting(RequestRates.Writing).WithMetadata(new AllowsOtherSites()).DisableAntiforgery();
    }

    private static async Task<IResult> SubscribeAsync([FromForm] string? email, [FromForm] string? frequency, Subscriptions subscriptions, HttpContext context)
    {
        if (!Enum.TryParse<DigestFrequency>(frequency ?? "daily", ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
            return Refused(email, T["frequency must be daily or weekly."], StatusCodes.Status400BadRequest);
        var result = await subscriptions.SubscribeAsync(email, wanted, context.RequestAborted);
        return result.Status switch
        {
            SubscribeStatus.InvalidAddress => Refused(email, result.Problem, StatusCodes.Status400BadRequest),
            SubscribeStatus.MailUnavailable => Refused(email, result.Problem, StatusCodes.Status503ServiceUnavailable),
            _ => Page.Of<SubscribeAnswerPage>(new
            {
                Title = T["Look into your mailbox"],
                Text = T["If the address can receive our mail, a message is on its way. Its button starts the digest; until then nothing else is sent. The link holds for two days."],
            }),
        };
    }

    private static async Task<IResult> ConfirmPageAsync([FromQuery] string? token, Subscriptions subscriptions, HttpContext context)
    {
        MailedLink.NotKept(context);
        return await subscriptions.PeekAsync(token, context.RequestAborted) switch
        {
            null => Expired(),
            { IsConfirmed: true } done => Confirmed(done),
            var request => Page.Of<ConfirmPage>(new
            {
                Title = T["Start the digest?"],
                Text = T["{0} will get the {1} digest.", request.Email, Name(request.Frequency)],
                Action = "/subscribe/confirm",
                Token = token,
                Button = T["Start the digest"],
            }),
        };
    }

    private static async Task<IResult> ConfirmAsync([FromForm] string? token, Subscriptions subscriptions, HttpContext context)
    {
        MailedLink.NotKept(context);
        return await subscriptions.ConfirmAsync(token, context.RequestAborted) is { } done ? Confirmed(done) : Expired();
    }

    private static async Task<IResult> UnsubscribePageAsync([FromQuery] string? token, Subscriptions subscriptions, HttpContext context)
    {
        MailedLink.NotKept(context);
        return await subscriptions.PeekUnsubscribeAsync(token, context.RequestAborted) switch
        {
            null => MailedLink.Incomplete(),
            { IsSubscribed: false } done => Left(done),
            var request => Page.Of<ConfirmPage>(new
            {
                Title = T["Leave the digest?"],
                Text = T["{0} will get no more mail from us.", request.Email],
                Action = "/unsubscribe",
                Token = token,
                Button = T["Leave the digest"],
            }),
        };
    }

    private static async Task<IResult> UnsubscribeAsync(
        [FromQuery(Name = "token")] string? inAddress, [FromForm(Name = "token")] string? inForm, Subscriptions subscriptions, HttpContext context)
    {
        MailedLink.NotKept(context);
        return await subscriptions.UnsubscribeAsync(inForm ?? inAddress, context.RequestAborted) is { } done ? Left(done) : MailedLink.Incomplete();
    }

    private static IResult Refused(string? email, string? problem, int status) => Page.Of<SubscribePage>(new { Email = email, Problem = problem }, status);

    private static IResult Confirmed(ConfirmationRequest request) => Page.Of<SubscribeAnswerPage>(new
    {
        Title = T["You are subscribed"],
        Text = T["{0} gets the {1} digest from the next edition on. Every mail has a link to leave.", request.Email, Name(request.Frequency)],
    });

    private static IResult Left(UnsubscribeRequest request) => Page.Of<SubscribeAnswerPage>(new
    {
        Title = T["You have left the digest"],
        Text = T["{0} gets no more mail from us.", request.Email],
    });

    private static IResult Expired() => Page.Of<SubscribeAnswerPage>(
        new { Title = T["This link no longer works"], Text = T["It has expired, or a newer one replaced it. Subscribe again to get a new one."] }, StatusCodes.Status404NotFound);

    private static string Name(DigestFrequency frequency) => frequency.ToString().ToLowerInvariant();
}
