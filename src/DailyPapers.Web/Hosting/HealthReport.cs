using System.Text.Json.Serialization;

namespace DailyPapers.Web.Hosting;

/// <summary>The answer of <c>/healthz</c>.</summary>
/// <param name="Status"><c>ok</c> when the database answers.</param>
/// <param name="Papers">Papers stored.</param>
/// <param name="Editions">Editions stored.</param>
internal sealed record HealthReport(string Status, int Papers, int Editions);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
