using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>A parameter value is a JSON scalar of its own type.</summary>
internal sealed class ParameterValueConverter : JsonConverter<ParameterValue>
{
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => new(reader.GetDouble()),
        JsonTokenType.True => new(true),
        JsonTokenType.False => new(false),
        JsonTokenType.String => new(reader.GetString()!),
        _ => throw new JsonException($"A parameter's value is a number, true, false or a name; found {reader.TokenType}."),
    };

    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        switch (value.Raw)
        {
            case double number: writer.WriteNumberValue(number); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            default: writer.WriteStringValue(value.Name ?? ""); break;
        }
    }
}
