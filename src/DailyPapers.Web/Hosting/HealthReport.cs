using System.Text.Json.Serialization;

namespace DailyPapers.Web.Hosting;

/// <summary>The answer of <c>/healthz</c>.</summary>
/// <param name="Status"><c>ok</c> when the database answers.</param>
/// <param name="Papers">Papers stored.</param>
/// <param name="Editions">Editions stored.</param>
/// <param name="Index">The search index.</param>
internal sealed record HealthReport(string Status, int Papers, int Editions, IndexHealth Index);

/// <summary>Where the search index stands.</summary>
/// <param name="Papers">Papers that can be found.</param>
/// <param name="UpToDate">Whether it reflects everything stored.</param>
/// <param name="Done">While it is built: papers read.</param>
/// <param name="Total">While it is built: papers to read.</param>
internal sealed record IndexHealth(int Papers, bool UpToDate, int? Done, int? Total);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
