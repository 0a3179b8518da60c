using DailyPapers.Community.Profiles;
using DailyPapers.Storage;
using DailyPapers.Web.Caching;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Parts;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace DailyPapers.Web.Pages.Profiles;

/// <summary>What everybody sees of a person, and the person's choice of it.</summary>
internal static class ProfileRoutes
{
    public const string OwnPath = "/account/profile";

    public static void MapProfilePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{handle}", ShowAsync).CacheOutput(AnonymousPageCaching.Name);
        var own = routes.MapGroup(OwnPath).RequireAuthorization();
        own.MapGet("", EditAsync);
        own.MapPost("", SaveAsync).RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> ShowAsync(string handle, ProfileReader profiles, HttpContext context)
    {
        // Handles are in lower case: another spelling is another address, which leads to the right one.
        var lower = handle.ToLowerInvariant();
        if (await profiles.FindAsync(lower, context.RequestAborted) is not { } view)
            return Page.Of<NotFoundPage>(new { What = T["Nobody here has this name."] }, StatusCodes.Status404NotFound);
        if (lower != handle)
            return Results.Redirect(PersonLink.To(lower));
        await context.LoadGivenUpvotesAsync([.. view.Authored.Concat(view.Submitted).Concat(view.Upvoted ?? []).Select(listed => listed.Paper.Id).Distinct()]);
        return Page.Of<ProfilePage>(new { View = view });
    }

    private static async Task<IResult> EditAsync(ProfileWriter profiles, HttpContext context)
    {
        var (profile, handle) = await profiles.OwnAsync(context.AccountId()!.Value, context.RequestAborted);
        return Page.Of<EditProfilePage>(new { profile.About, profile.ShowsUpvotes, Handle = handle });
    }

    private static async Task<IResult> SaveAsync([FromForm] string? about, [FromForm] string? upvotes, ProfileWriter profiles, ContentChanges changes, HttpContext context)
    {
        var account = context.AccountId()!.Value;
        if (await profiles.SaveAsync(account, about, upvotes is not null, context.RequestAborted) is { } problem)
        {
            var (_, handle) = await profiles.OwnAsync(account, context.RequestAborted);
            return Page.Of<EditProfilePage>(
                new { About = about, ShowsUpvotes = upvotes is not null, Handle = handle, Problem = T["Nothing was changed. {0}", problem] }, StatusCodes.Status400BadRequest);
        }
        await changes.NoticeAsync(context.RequestAborted);
        return Results.LocalRedirect(OwnPath);
    }
}
