using Microsoft.AspNetCore.Antiforgery;

namespace DailyPapers.Web.Security;

/// <summary>Demands the antiforgery token of a form that a signed-in person, or one about to sign in, sends.</summary>
internal static class AntiforgeryFilter
{
    public static TBuilder RequireAntiforgeryToken<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (context, next) =>
        {
            var antiforgery = (IAntiforgery)context.HttpContext.RequestServices.GetService(typeof(IAntiforgery))!;
            return await antiforgery.IsRequestValidAsync(context.HttpContext)
                ? await next(context)
                : Results.Problem(
                    title: "The form has expired",
                    detail: "Open the page again and send the form anew.",
                    statusCode: StatusCodes.Status400BadRequest);
        });
}
