using System.Net;
using DailyPapers.Search;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Hosting;

/// <summary>Tells a supervisor whether the service works.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/healthz", ReadAsync).AllowAnonymous();

    private static async Task<JsonHttpResult<HealthReport>> ReadAsync(
        IDbContextFactory<PapersDb> contexts, PaperSearch search, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var index = await search.StatusAsync(cancellationToken);
        var report = new HealthReport(
            "ok",
            await db.Papers.CountAsync(cancellationToken),
            await db.Editions.CountAsync(cancellationToken),
            new IndexHealth(index.Documents, index.IsUpToDate, index.Building?.Done, index.Building?.Total),
            index.Meaning is { } meaning ? Of(meaning, IsOnThisMachine(context)) : null);
        return TypedResults.Json(report, HealthJson.Default.HealthReport);
    }

    private static MeaningHealth Of(SemanticStatus meaning, bool inFull) => new(
        meaning.Model, meaning.Papers, meaning.IsUpToDate, meaning.NextModel, meaning.Building?.Done, meaning.Building?.Total,
        meaning.Error is { } error && !inFull ? "Papers cannot be embedded now; the service's log says why." : meaning.Error);

    // The reason names addresses and files of the network behind the service.
    private static bool IsOnThisMachine(HttpContext context) => context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
}
