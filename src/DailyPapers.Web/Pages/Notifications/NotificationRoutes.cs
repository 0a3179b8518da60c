using System.Globalization;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.PrivateFeeds;
using DailyPapers.Digests;
using DailyPapers.Digests.Mail;
using DailyPapers.Web.Feeds;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Accounts;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Pages.Subscribe;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Pages.Notifications;

/// <summary>What a person is told, how they want to be told, and their feed.</summary>
internal static class NotificationRoutes
{
    private const string Inbox = "/notifications";
    private const string Settings = "/notifications/settings";
    private const int PerPage = 50;

    public static void MapNotificationPages(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(Inbox).RequireAuthorization();
        own.MapGet("", ListAsync);
        own.MapGet("/{id:long}", OpenAsync);
        own.MapPost("/read", ReadAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        own.MapGet("/settings", SettingsAsync);
        own.MapPost("/settings", SaveAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        own.MapPost("/settings/feed/renew", RenewFeedAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        own.MapPost("/settings/feed/end", EndFeedAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();

        // Feed readers and mail providers have no session: the secret in the address says whose it is.
        routes.MapGet("/notifications/feed/{secret}", FeedAsync).AllowAnonymous();
        routes.MapGet("/notifications/unsubscribe", UnsubscribePageAsync).AllowAnonymous();
        // RFC 8058: a mail provider posts here for the reader, without cookies and from its own servers.
        routes.MapPost("/notifications/unsubscribe", UnsubscribeAsync).AllowAnonymous().RequireRateLimiting(RequestRates.Writing).WithMetadata(new AllowsOtherSites()).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync([FromQuery] long? before, NotificationInbox inbox, HttpContext context) =>
        Page.Of<NotificationsPage>(new { Told = await inbox.ListAsync(context.AccountId()!.Value, before, PerPage, context.RequestAborted), PageSize = PerPage });

    private static async Task<IResult> OpenAsync(long id, NotificationInbox inbox, HttpContext context) =>
        await inbox.OpenAsync(context.AccountId()!.Value, id, context.RequestAborted) is { } told
            ? Results.LocalRedirect(told.Path ?? Inbox)
            : Page.Of<NotFoundPage>(new { What = T["You have no such notification."] }, StatusCodes.Status404NotFound);

    private static async Task<IResult> ReadAsync([FromForm] long upTo, NotificationInbox inbox, HttpContext context)
    {
        await inbox.MarkReadAsync(context.AccountId()!.Value, upTo, context.RequestAborted);
        return Results.LocalRedirect(Inbox);
    }

    private static Task<IResult> SettingsAsync(NotificationPreferences preferences, FeedSecrets secrets, HttpContext context) =>
        SettingsPageAsync(preferences, secrets, context);

    private static async Task<IResult> SettingsPageAsync(NotificationPreferences preferences, FeedSecrets secrets, HttpContext context, string? feed = null)
    {
        var account = context.AccountId()!.Value;
        return Page.Of<NotificationSettingsPage>(new
        {
            Preference = await preferences.ReadAsync(account, context.RequestAborted),
            FeedMadeAt = await secrets.MadeAtAsync(account, FeedKind.Notifications, context.RequestAborted),
            Feed = feed,
        });
    }

    private static async Task<IResult> SaveAsync(HttpRequest request, NotificationPreferences preferences, HttpContext context)
    {
        var form = await request.ReadFormAsync(context.RequestAborted);
        var kinds = Enum.GetValues<NotificationKind>().Where(kind => form["mail"].Contains(kind.ToString()));
        var pace = form["pace"] == nameof(MailPace.Daily) ? MailPace.Daily : MailPace.Soon;
        await preferences.SaveAsync(context.AccountId()!.Value, kinds, pace, context.RequestAborted);
        return Results.LocalRedirect(Settings);
    }

    private static async Task<IResult> RenewFeedAsync(NotificationPreferences preferences, FeedSecrets secrets, SiteLinks links, HttpContext context)
    {
        var secret = await secrets.RenewAsync(context.AccountId()!.Value, FeedKind.Notifications, context.RequestAborted);
        // Shown once: only its hash is kept.
        Secrets.NotKept(context);
        return await SettingsPageAsync(preferences, secrets, context, links.At($"{Inbox}/feed/{secret}.atom"));
    }

    private static async Task<IResult> EndFeedAsync(FeedSecrets secrets, HttpContext context)
    {
        await secrets.EndAsync(context.AccountId()!.Value, FeedKind.Notifications, context.RequestAborted);
        return Results.LocalRedirect(Settings);
    }

    private static async Task<IResult> FeedAsync(string secret, FeedSecrets secrets, NotificationInbox inbox, IOptions<SiteOptions> site, HttpContext context)
    {
        NotKept(context);
        var file = secret.EndsWith(".atom", StringComparison.Ordinal) ? secret[..^".atom".Length] : secret;
        if (await secrets.AccountOfAsync(file, FeedKind.Notifications, context.RequestAborted) is not { } account)
            return Page.Of<NotFoundPage>(new { What = T["There is no such feed; its address may have been renewed or ended."] }, StatusCodes.Status404NotFound);
        var told = await inbox.ListAsync(account, before: null, PerPage, context.RequestAborted);
        var entries = told.Select(one => new AtomEntry(
            string.Create(CultureInfo.InvariantCulture, $"/notifications/{one.Id}"), one.Path ?? Inbox, one.Sentence, one.At, one.At)
        {
            Authors = [one.ActorName ?? site.Value.Name],
            Summary = string.Join("\n\n", new[] { one.PaperTitle, one.Excerpt }.OfType<string>()),
        }).ToList();
        return Results.Bytes(
            AtomFeed.Write(T["Notifications"] + " · " + site.Value.Name, site.Value.Url.TrimEnd('/'), context.Request.Path, Inbox, entries, DateTimeOffset.UnixEpoch),
            AtomFeed.ContentType);
    }

    private static async Task<IResult> UnsubscribePageAsync([FromQuery] string? token, NotificationPreferences preferences, HttpContext context)
    {
        NotKept(context);
        return await preferences.PeekUnsubscribeAsync(token, context.RequestAborted) switch
        {
            null => MailedLink.Incomplete(),
            { IsMailed: false } => Left(),
            var (email, _) => Page.Of<ConfirmPage>(new
            {
                Title = T["Stop the mails?"],
                Text = T["{0} will get no more notifications by mail. They stay on the site.", email],
                Action = "/notifications/unsubscribe",
                Token = token,
                Button = T["Stop the mails"],
            }),
        };
    }

    private static async Task<IResult> UnsubscribeAsync(
        [FromQuery(Name = "token")] string? inAddress, [FromForm(Name = "token")] string? inForm, NotificationPreferences preferences, HttpContext context)
    {
        NotKept(context);
        return await preferences.UnsubscribeAsync(inForm ?? inAddress, context.RequestAborted) ? Left() : MailedLink.Incomplete();
    }

    private static IResult Left() => Page.Of<SubscribeAnswerPage>(new
    {
        Title = T["No more mails"],
        Text = T["Notifications stay on the site and are mailed no more. The settings of your notifications turn them on again."],
    });

    // The address holds a secret.
    private static void NotKept(HttpContext context)
    {
        MailedLink.NotKept(context);
        context.Response.Headers["X-Robots-Tag"] = "noindex";
    }
}
