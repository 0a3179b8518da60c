namespace DailyPapers.Web.Security;

/// <summary>
/// Refuses requests that change something when a browser says another site sent them. Signed-in forms carry an
/// antiforgery token besides; this also covers the forms of anonymous pages, which are cached and can carry none.
/// </summary>
internal static class CrossSiteRequests
{
    public static void UseCrossSiteRequestRefusal(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!Changes(context.Request.Method) || !ComesFromAnotherSite(context.Request) || context.GetEndpoint()?.Metadata.GetMetadata<AllowsOtherSites>() is not null)
            return next(context);
        return Results.Problem(
            title: T["The request came from another site"],
            detail: T["Open the page on this site and send the form from there."],
            statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    });

    private static bool Changes(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    private static bool ComesFromAnotherSite(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        // Neither header: not a browser, so there is no ambient cookie another site could have used.
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value);
    }
}

/// <summary>Marks an endpoint that others may post to, such as a mail provider's one-click unsubscribe.</summary>
internal sealed class AllowsOtherSites;
