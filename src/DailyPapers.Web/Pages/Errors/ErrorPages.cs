using DailyPapers.Web.Layout;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Web.Pages.Errors;

/// <summary>Pages for what went wrong, each with a way on.</summary>
internal static class ErrorPages
{
    /// <summary>Shows a page instead of a broken connection when a handler throws.</summary>
    public static void UseErrorPages(this IApplicationBuilder app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        ExceptionHandler = async context =>
        {
            var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
            if (error is BadHttpRequestException bad)
            {
                await Results.Problem(title: T["The request cannot be read"], detail: bad.Message, statusCode: bad.StatusCode).ExecuteAsync(context);
                return;
            }
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPages));
            log.LogError(error, "{Method} {Path} failed as request {Request}.", context.Request.Method, context.Request.Path, context.TraceIdentifier);
            await Page.Of<ServerErrorPage>(new { Request = context.TraceIdentifier }, StatusCodes.Status500InternalServerError).ExecuteAsync(context);
        },
        SuppressDiagnosticsCallback = _ => true,
    });

    /// <summary>Answers every address nobody else does.</summary>
    public static void MapNotFoundPage(this IEndpointRouteBuilder routes) =>
        routes.MapFallback("{**path}", () => Page.Of<NotFoundPage>(status: StatusCodes.Status404NotFound));
}
