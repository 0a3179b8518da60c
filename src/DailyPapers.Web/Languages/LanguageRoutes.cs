using DailyPapers.Community.Accounts;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using DailyPapers.Wording;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Languages;

/// <summary>Choosing the language.</summary>
internal static class LanguageRoutes
{
    public static void MapLanguageChoice(this IEndpointRouteBuilder routes) =>
        // The form stands on cached pages and so has no antiforgery token; requests from other sites are refused by their headers.
        routes.MapPost("/language", ChooseAsync).AllowAnonymous().RequireRateLimiting(RequestRates.Writing).DisableAntiforgery();

    private static async Task<IResult> ChooseAsync([FromForm] string? language, AccountLanguage accounts, HttpContext context)
    {
        var texts = OfferedLanguages.All.FirstOrDefault(texts => texts.Language == language);
        if (texts is null)
        {
            return Page.Of<BadRequestPage>(
                new { Field = "language", Value = language ?? "", Expected = string.Join(", ", OfferedLanguages.All.Select(texts => texts.Language)) },
                StatusCodes.Status400BadRequest);
        }
        context.Response.Cookies.Append(RequestLanguage.Cookie, texts.Language, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
        if (context.AccountId() is { } account)
            await accounts.ChooseAsync(account, texts, context.RequestAborted);
        return Results.LocalRedirect(ReturnTo.FromReferer(context.Request, "/"));
    }
}
