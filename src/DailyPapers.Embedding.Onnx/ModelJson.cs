using System.Text.Json;

namespace DailyPapers.Embedding.Onnx;

/// <summary>An object in one of a model's JSON files; what has another type than expected is an error that names file and field.</summary>
internal sealed class ModelJson
{
    private readonly string _file;
    private readonly JsonElement _element;

    private ModelJson(string file, JsonElement element)
    {
        _file = file;
        _element = element;
    }

    public static ModelJson? TryRead(string file) => File.Exists(file) ? Read(file) : null;

    public static ModelJson Read(string file)
    {
        var root = ReadElement(file);
        return root.ValueKind == JsonValueKind.Object ? new ModelJson(file, root) : throw Unusable(file, "it holds no JSON object");
    }

    /// <summary>The objects of a file that holds a list of them.</summary>
    public static IReadOnlyList<ModelJson> ReadList(string file)
    {
        var root = ReadElement(file);
        return root.ValueKind == JsonValueKind.Array && root.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. root.EnumerateArray().Select(item => new ModelJson(file, item))]
            : throw Unusable(file, "it holds no list of JSON objects");
    }

    public bool? Flag(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false");

    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a text");

    /// <summary>A whole number; one beyond 32 bits, by which "no limit" is written, as the largest.</summary>
    public int? Number(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number))
            throw Wrong(name, "a number");
        return number >= int.MaxValue ? int.MaxValue : number == Math.Floor(number) && number >= int.MinValue ? (int)number : throw Wrong(name, "a whole number");
    }

    /// <summary>A special token: its text, or an object with its text as content.</summary>
    public string? Token(string name) => Find(name) is { ValueKind: JsonValueKind.Object } ? Object(name)!.Text("content") : Text(name);

    public ModelJson? Object(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new ModelJson(_file, value) : throw Wrong(name, "an object");

    public IEnumerable<ModelJson> Objects(string name) => Find(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? value.EnumerateArray().Select(item => new ModelJson(_file, item)) : throw Wrong(name, "a list of objects");

    /// <summary>The names and numbers of an object that maps them.</summary>
    public IEnumerable<(string Name, int Number)> Numbers(string name)
    {
        if (Find(name) is not { } value)
            yield break;
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(name, "an object that maps tokens to numbers");
        foreach (var property in value.EnumerateObject())
            yield return (property.Name, property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt32(out var number) ? number : throw Wrong(name, "an object that maps tokens to numbers"));
    }

    /// <summary>One text, or a list of them.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [Text(name)!];

    private JsonElement? Find(string name) => _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement ReadElement(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var document = JsonDocument.Parse(stream);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw Unusable(file, $"it is no JSON ({exception.Message})", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException(file, exception.Message, "Let this program read it.", exception);
        }
    }

    private ModelFolderException Wrong(string name, string expected) => Unusable(_file, $"\"{name}\" is not {expected}");

    private static ModelFolderException Unusable(string file, string problem, Exception? inner = null) => new(file, problem + ".", "Copy the file of the model again.", inner);
}
