using DailyPapers.Web.Layout;

namespace DailyPapers.Web.Pages.Subscribe;

/// <summary>Pages behind links that are mailed: the address holds a secret and the page an e-mail address.</summary>
internal static class MailedLink
{
    public static void NotKept(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
    }

    public static IResult Incomplete() => Page.Of<SubscribeAnswerPage>(
        new { Title = T["This link is not complete"], Text = T["Open it from the mail itself, or copy the whole of it."] }, StatusCodes.Status404NotFound);
}
