namespace DailyPapers.Web.Api;

/// <summary>How the API says no: a problem document (RFC 9457) that also has what Hugging Face's clients look for.</summary>
internal static class ApiProblem
{
    private const string MessageHeader = "X-Error-Message";

    public static IResult Of(HttpContext context, int status, string title, string detail)
    {
        context.Response.Headers[MessageHeader] = new string(detail.Select(c => c is >= ' ' and <= '~' ? c : '?').ToArray());
        return Results.Problem(title: title, detail: detail, statusCode: status, extensions: new Dictionary<string, object?> { ["error"] = detail });
    }
}
