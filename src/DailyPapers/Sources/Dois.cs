using System.Text.RegularExpressions;

namespace DailyPapers.Sources;

/// <summary>Brings DOIs into one spelling.</summary>
internal static partial class Dois
{
    /// <summary>The first DOI in <paramref name="text"/>, in lower case and without resolver; null when there is none.</summary>
    public static string? Normalise(string? text)
    {
        if (text is null)
            return null;
        var match = Pattern().Match(text);
        return match.Success ? match.Value.TrimEnd('.', ',', ';').ToLowerInvariant() : null;
    }

    [GeneratedRegex(@"(?<![0-9.])10\.[0-9]{4,9}/[^\s""<>]+", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
