using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Editions.Starter;

/// <summary>The shape of <c>starter-collection.json</c>.</summary>
internal sealed record StarterFile(string Edition, IReadOnlyList<StarterPaper> Papers);

/// <summary>A paper of it.</summary>
internal sealed record StarterPaper(
    string Slug,
    string ArxivId,
    string Title,
    IReadOnlyList<string> Authors,
    string Published,
    string? Venue,
    string Topic,
    IReadOnlyList<string> Keywords,
    string Summary,
    string? Code,
    string? Project,
    IReadOnlyList<string>? Categories);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StarterFile))]
internal sealed partial class StarterJson : JsonSerializerContext;
