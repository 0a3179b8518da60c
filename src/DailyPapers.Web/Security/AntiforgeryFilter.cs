using Microsoft.AspNetCore.Antiforgery;

namespace DailyPapers.Web.Security;

/// <summary>
/// Demands the antiforgery token of a form that a signed-in person, or one about to sign in, sends. The framework's own
/// middleware is left out: it would answer without a word, and demand tokens of the forms on cached pages too.
/// </summary>
internal static class AntiforgeryFilter
{
    public static TBuilder RequireAntiforgeryToken<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.DisableAntiforgery().WithMetadata(new RequiresAntiforgeryToken()).AddEndpointFilter(async (context, next) =>
        {
            return await IsValidAsync(context.HttpContext)
                ? await next(context)
                : Results.Problem(
                    title: T["The form has expired"],
                    detail: T["Open the page again and send the form anew."],
                    statusCode: StatusCodes.Status400BadRequest);
        });

    private static async Task<bool> IsValidAsync(HttpContext context)
    {
        try
        {
            return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            // The body could not even be read as a form.
            return false;
        }
    }
}
