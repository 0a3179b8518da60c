using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace DailyPapers.Wording;

/// <summary>The languages the site is offered in: English, and one for each file in <c>Wording/Catalogues</c>.</summary>
public static class OfferedLanguages
{
    private const string Prefix = "wording/";

    /// <summary>The language the texts are written in.</summary>
    public static Texts English { get; } = new("en", "English", CultureInfo.InvariantCulture, new Dictionary<string, string[]>());

    /// <summary>All of them, English first.</summary>
    public static IReadOnlyList<Texts> All { get; } = [English, .. typeof(OfferedLanguages).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(Load)];

    /// <summary>The offered language of a tag such as <c>de</c> or <c>de-AT</c>, or null.</summary>
    public static Texts? Find(string? tag)
    {
        var primary = (tag ?? "").Split('-')[0].Trim();
        return All.FirstOrDefault(texts => texts.Language.Equals(primary, StringComparison.OrdinalIgnoreCase));
    }

    private static Texts Load(string resource)
    {
        var language = Path.GetFileNameWithoutExtension(resource[Prefix.Length..]);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var document = JsonDocument.Parse(stream);
        var texts = document.RootElement.GetProperty("texts").EnumerateObject().ToDictionary(
            entry => entry.Name,
            entry => entry.Value.ValueKind is JsonValueKind.Array
                ? [.. entry.Value.EnumerateArray().Select(form => form.GetString()!)]
                : (string[])[entry.Value.GetString()!]);
        return new Texts(language, document.RootElement.GetProperty("name").GetString()!, CultureOf(language), texts);
    }

    private static CultureInfo CultureOf(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language);
        }
        catch (CultureNotFoundException)
        {
            // A machine without ICU knows no language's months; the texts themselves still stand.
            return CultureInfo.InvariantCulture;
        }
    }
}
