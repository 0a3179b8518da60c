using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DailyPapers.Web.Layout;

/// <summary>Answers with a page: a component inside the site's document.</summary>
internal static class Page
{
    public static RazorComponentResult<SiteDocument> Of<TComponent>(object? parameters = null, int status = StatusCodes.Status200OK)
        where TComponent : IComponent => new(new Dictionary<string, object?>
        {
            [nameof(SiteDocument.Body)] = typeof(TComponent),
            [nameof(SiteDocument.Parameters)] = ToDictionary(parameters),
        })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    private static Dictionary<string, object?> ToDictionary(object? parameters) => parameters is null
        ? []
        : parameters.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(parameters));
}
