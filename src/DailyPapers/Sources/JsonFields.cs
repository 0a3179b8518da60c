using System.Text.Json;

namespace DailyPapers.Sources;

/// <summary>Reads JSON of strangers: what is absent, null or of another type is null.</summary>
internal static class JsonFields
{
    /// <summary>The member, or null when <paramref name="element"/> is no object, lacks it, or has null there.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null ? member : null;

    /// <summary>The member's text; null when it is not text or has half a surrogate pair.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        if (element.Member(name) is not { ValueKind: JsonValueKind.String } member)
            return null;
        try
        {
            return member.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The member's whole number, when it has one.</summary>
    public static int? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var number) ? number : null;

    /// <summary>The member's elements; none when it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : [];
}
