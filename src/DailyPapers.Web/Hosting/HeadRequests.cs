namespace DailyPapers.Web.Hosting;

/// <summary>Answers HEAD wherever GET is answered; the server leaves the body out.</summary>
internal static class HeadRequests
{
    public static void UseGetForHead(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
            context.Request.Method = HttpMethods.Get;
        return next(context);
    });
}
