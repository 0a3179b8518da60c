using System.Globalization;
using System.Text;

namespace DailyPapers.Community.Collections;

/// <summary>Names as addresses have them.</summary>
public static class Slugs
{
    /// <summary>The longest slug, in characters.</summary>
    public const int Longest = 60;

    private const string Nameless = "collection";

    /// <summary>The name in lower-case ASCII letters, digits and single hyphens; accents are dropped. Never empty.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder(Longest);
        foreach (var character in name.Normalize(NormalizationForm.FormKD))
        {
            if (slug.Length == Longest)
                break;
            if (char.IsAsciiLetterOrDigit(character))
                slug.Append(char.ToLowerInvariant(character));
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        var text = slug.ToString().Trim('-');
        return text.Length > 0 ? text : Nameless;
    }
}
