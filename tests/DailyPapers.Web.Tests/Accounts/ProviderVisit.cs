using System.Net;
using AngleSharp.Html.Dom;

namespace DailyPapers.Web.Tests.Accounts;

/// <summary>A way to a provider and back.</summary>
internal static class ProviderVisit
{
    /// <summary>Follows redirects, to the provider and back, to the page they end at.</summary>
    public static async Task<IHtmlDocument> GoAsync(Reader reader, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        for (var i = 0; i < 10; i++)
        {
            using var response = await reader.GetAsync(path);
            if (response.StatusCode is not HttpStatusCode.Redirect)
                return await Reader.PageOfAsync(response, status);
            path = response.Headers.Location!.OriginalString;
        }
        throw new InvalidOperationException("The redirects do not end.");
    }
}
