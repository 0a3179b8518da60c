using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Cli.Output;

/// <summary>The JSON of <c>papers eval</c>.</summary>
[JsonSerializable(typeof(IReadOnlyList<EvaluationDocument>))]
internal sealed partial class EvaluationJson : JsonSerializerContext
{
    private static readonly EvaluationJson Printed = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static string Write(IReadOnlyList<EvaluationDocument> documents) => JsonSerializer.Serialize(documents, Printed.IReadOnlyListEvaluationDocument);
}
