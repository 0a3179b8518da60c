using DailyPapers.Web.Layout;

namespace DailyPapers.Web.Pages.Accounts;

/// <summary>Pages whose address holds a secret.</summary>
internal static class Secrets
{
    /// <summary>Keeps the page out of caches and its address from other sites. Its own forms still say where they come from.</summary>
    public static void NotKept(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
    }

    /// <summary>The page for a link that does not hold any more.</summary>
    public static IResult Expired(string remedy) => Page.Of<AnswerPage>(
        new { Title = T["This link no longer works"], Text = T["It has expired, was used, or a newer one replaced it."] + " " + remedy }, StatusCodes.Status404NotFound);
}
