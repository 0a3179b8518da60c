using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DailyPapers.Web.Caching;

/// <summary>
/// Keeps pages as readers without an account see them. The content's version is part of the key: a change makes new
/// pages at once and nothing has to be evicted. The query is not part of it, since these pages have none.
/// </summary>
internal sealed class AnonymousPageCaching(ContentChanges changes, IOptions<AccountOptions> accounts) : IOutputCachePolicy
{
    /// <summary>The name endpoints refer to the policy by.</summary>
    public const string Name = "anonymous-page";

    // Trending scores and "today" move with the clock.
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var cacheable = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !request.Cookies.ContainsKey(Security.Session.Cookie)
            // The cache answers before anybody asks who the visitor is.
            && !accounts.Value.Private;
        context.EnableOutputCaching = cacheable;
        context.AllowCacheLookup = cacheable;
        context.AllowCacheStorage = cacheable;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Freshness;
        context.CacheVaryByRules.QueryKeys = StringValues.Empty;
        context.CacheVaryByRules.HeaderNames = "Accept-Encoding";
        var version = changes.Current;
        context.CacheVaryByRules.VaryByValues["content"] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{version.Lineage}.{version.Number}");
        context.CacheVaryByRules.VaryByValues["language"] = T.Language;
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || !StringValues.IsNullOrEmpty(response.Headers.SetCookie))
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }
}
