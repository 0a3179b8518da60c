using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Cli.Output;

/// <summary>The JSON that commands print.</summary>
[JsonSerializable(typeof(PaperDocument))]
[JsonSerializable(typeof(SearchDocument))]
[JsonSerializable(typeof(IReadOnlyList<AccountDocument>))]
internal sealed partial class PaperJson : JsonSerializerContext
{
    private static readonly PaperJson Printed = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static string Write(PaperDocument document) => JsonSerializer.Serialize(document, Printed.PaperDocument);

    public static string Write(SearchDocument document) => JsonSerializer.Serialize(document, Printed.SearchDocument);

    public static string Write(IReadOnlyList<AccountDocument> documents) => JsonSerializer.Serialize(documents, Printed.IReadOnlyListAccountDocument);
}
