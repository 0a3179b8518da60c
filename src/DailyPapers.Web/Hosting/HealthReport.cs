using System.Text.Json.Serialization;

namespace DailyPapers.Web.Hosting;

/// <summary>The answer of <c>/healthz</c>.</summary>
/// <param name="Status"><c>ok</c> when the database answers.</param>
/// <param name="Papers">Papers stored.</param>
/// <param name="Editions">Editions stored.</param>
/// <param name="Index">The search index, of words.</param>
/// <param name="Meaning">The papers' vectors; null when the settings want none.</param>
internal sealed record HealthReport(string Status, int Papers, int Editions, IndexHealth Index, MeaningHealth? Meaning);

/// <summary>Where the search index stands.</summary>
/// <param name="Papers">Papers that can be found.</param>
/// <param name="UpToDate">Whether it reflects everything stored.</param>
/// <param name="Done">While it is built: papers read.</param>
/// <param name="Total">While it is built: papers to read.</param>
internal sealed record IndexHealth(int Papers, bool UpToDate, int? Done, int? Total);

/// <summary>Where the papers' vectors stand.</summary>
/// <param name="Model">The embedding model that searches go by; null while there are no vectors.</param>
/// <param name="Papers">Papers that can be found by meaning.</param>
/// <param name="UpToDate">Whether the configured model's vectors reflect everything stored.</param>
/// <param name="NextModel">The configured model, while its vectors are made and searches do not use them yet.</param>
/// <param name="Done">While many are embedded: papers that are.</param>
/// <param name="Total">While many are embedded: papers stored.</param>
/// <param name="Error">Why papers cannot be embedded now: in full for callers on this machine, for others only that it is so.</param>
internal sealed record MeaningHealth(string? Model, int Papers, bool UpToDate, string? NextModel, int? Done, int? Total, string? Error);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
