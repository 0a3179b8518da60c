using DailyPapers.Search;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Web.Hosting;

/// <summary>Tells a supervisor whether the service works.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/healthz", ReadAsync);

    private static async Task<JsonHttpResult<HealthReport>> ReadAsync(IDbContextFactory<PapersDb> contexts, PaperSearch search, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var index = await search.StatusAsync(cancellationToken);
        var report = new HealthReport(
            "ok",
            await db.Papers.CountAsync(cancellationToken),
            await db.Editions.CountAsync(cancellationToken),
            new IndexHealth(index.Documents, index.IsUpToDate, index.Building?.Done, index.Building?.Total));
        return TypedResults.Json(report, HealthJson.Default.HealthReport);
    }
}
