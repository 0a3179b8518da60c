using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DailyPapers.Papers;

namespace DailyPapers.Storage;

/// <summary>The JSON of stored columns: generated serialisers, readable Unicode, nulls left out.</summary>
[JsonSerializable(typeof(List<Author>))]
[JsonSerializable(typeof(List<PaperVersion>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StorageJson : JsonSerializerContext
{
    internal static JsonSerializerOptions Columns { get; } = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = Default,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
