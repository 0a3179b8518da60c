using System.Reflection;
using System.Text.RegularExpressions;
using DailyPapers.TestSupport;
using Microsoft.AspNetCore.Routing;

namespace DailyPapers.Web.Tests.Security;

/// <summary>The endpoints a service has, by method and pattern, such as <c>POST /comments/{id:long}/edit</c>.</summary>
internal static partial class SiteEndpoints
{
    public static IEnumerable<(string Name, RouteEndpoint Endpoint)> Of(RunningService service) =>
        from endpoint in service.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } methods ? methods.HttpMethods : ["ANY"]
        select ($"{method} {pattern}", endpoint);

    /// <summary>The fields of forms that an endpoint reads as text.</summary>
    public static IEnumerable<string> TextFields(RouteEndpoint endpoint) =>
        from parameter in endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? []
        where parameter.ParameterType == typeof(string)
        let form = parameter.GetCustomAttribute<Microsoft.AspNetCore.Mvc.FromFormAttribute>()
        where form is not null
        select form.Name ?? parameter.Name!;

    /// <summary>A path of the pattern that leads to nothing in particular.</summary>
    public static string SamplePath(string name) => Parameter().Replace(name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..], parameter => parameter.Groups[1].Value switch
    {
        "name" or "date" => "2025-08-13",
        "extension" => "json",
        "archive" => "hep-th",
        _ when parameter.Value.Contains(":long", StringComparison.Ordinal) => "999999",
        _ => "none",
    });

    /// <summary>Matches the paths of a pattern.</summary>
    public static Regex PathOf(string name) =>
        new("^" + Parameter().Replace(name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..], parameter => parameter.Value.Contains(":long", StringComparison.Ordinal) ? "[0-9]+" : "[^/]+") + "$");

    [GeneratedRegex(@"\{\**([a-z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
