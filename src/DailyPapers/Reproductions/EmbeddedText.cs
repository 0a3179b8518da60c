using System.Reflection;

namespace DailyPapers.Reproductions;

/// <summary>The lab's texts that are embedded when the product is built: results, declarations, pages, figures and quoted code.</summary>
internal static class EmbeddedText
{
    /// <summary>The names that begin with <paramref name="prefix"/>.</summary>
    public static IReadOnlyList<string> Names(string prefix) =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>A text, or null when there is none of that name.</summary>
    public static string? Find(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
