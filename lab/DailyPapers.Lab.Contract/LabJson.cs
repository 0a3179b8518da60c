using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DailyPapers.Lab.Contract;

/// <summary>Reads and writes the contract's JSON. UTF-8, stable names; documents are indented, protocol lines are not.</summary>
public static class LabJson
{
    // Documents are served as JSON, never pasted into HTML, so accents and math stay readable.
    private static readonly LabJsonContext _lines = new(new(LabJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private static readonly LabJsonContext _documents = new(new(LabJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    });

    /// <summary>A result as the document <c>result.json</c>.</summary>
    public static string Write(ReproductionResult result) => JsonSerializer.Serialize(result, _documents.ReproductionResult) + "\n";

    /// <summary>A declaration as a document.</summary>
    public static string Write(ReproductionDeclaration declaration) => JsonSerializer.Serialize(declaration, _documents.ReproductionDeclaration) + "\n";

    /// <summary>Declarations as one document, as <c>list --json</c> prints them.</summary>
    public static string Write(IReadOnlyList<ReproductionDeclaration> declarations) =>
        JsonSerializer.Serialize(declarations, _documents.IReadOnlyListReproductionDeclaration) + "\n";

    /// <summary>An event as one protocol line, without its line end.</summary>
    public static string WriteLine(RunEvent runEvent) => JsonSerializer.Serialize(runEvent, _lines.RunEvent);

    /// <summary>Reads <c>result.json</c>.</summary>
    /// <exception cref="JsonException">The text is not a result, or of a newer schema than this version reads.</exception>
    public static ReproductionResult ReadResult(string json) =>
        Known(JsonSerializer.Deserialize(json, _lines.ReproductionResult), result => result.SchemaVersion);

    /// <summary>Reads a declaration.</summary>
    /// <exception cref="JsonException">The text is not a declaration, or of a newer schema than this version reads.</exception>
    public static ReproductionDeclaration ReadDeclaration(string json) =>
        Known(JsonSerializer.Deserialize(json, _lines.ReproductionDeclaration), declaration => declaration.SchemaVersion);

    /// <summary>Reads the output of <c>list --json</c>.</summary>
    /// <exception cref="JsonException">The text is not a list of declarations.</exception>
    public static IReadOnlyList<ReproductionDeclaration> ReadDeclarations(string json) =>
        JsonSerializer.Deserialize(json, _lines.IReadOnlyListReproductionDeclaration) ?? throw new JsonException("Expected a list of declarations, found null.");

    /// <summary>Reads one line of the runner's output; false for a line that is no known event.</summary>
    public static bool TryReadEvent(string line, [NotNullWhen(true)] out RunEvent? runEvent)
    {
        try
        {
            runEvent = JsonSerializer.Deserialize(line, _lines.RunEvent);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            runEvent = null;
        }
        return runEvent is not null;
    }

    private static T Known<T>(T? document, Func<T, int> schemaVersion)
        where T : class
    {
        if (document is null)
            throw new JsonException("Expected an object, found null.");
        var version = schemaVersion(document);
        return version is >= 1 and <= ReproductionDeclaration.CurrentSchemaVersion
            ? document
            : throw new JsonException($"Schema version {version} is not known to this version of Daily Papers (it reads up to {ReproductionDeclaration.CurrentSchemaVersion}); upgrade it, or run the reproduction again.");
    }
}
